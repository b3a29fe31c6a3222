package dev.orrery.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Scenes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent is never above what a turn's price was secured for, whatever it consists of. */
class FittedPromptTest {

    private static final Prompt REMEMBERING =
            Prompt.of(PromptKind.STRUCTURED, "a: {$memories: all}");

    private static final List<Exchange> TALK =
            IntStream.range(0, 200)
                    .mapToObj(n -> new Exchange("q" + n, "मी ".repeat(n % 7) + n))
                    .toList();

    private static Scene scene() {
        return Scenes.with(Scenes.NOVA, "{}", List.of(), List.of("m".repeat(1_000)))
                .withHistory(TALK);
    }

    @Test
    void isWhatWasAskedForWhereThatFits() {
        // when
        var fitted = FittedPrompt.of(REMEMBERING, scene(), 16_000);

        // then
        assertThat(fitted.scene()).isEqualTo(scene());
        assertThat(fitted.rendered()).isEqualTo(RenderedPrompt.of(REMEMBERING, scene()));
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 301, 400, 700, 1_000})
    void countsMemoriesAndLeavesOutNoMoreTurnsThanItHasTo(long mostTokens) {
        // when
        var fitted = FittedPrompt.of(REMEMBERING, scene(), mostTokens);

        // then
        var kept = fitted.scene().history();
        var oneMore = TALK.subList(TALK.size() - kept.size() - 1, TALK.size());
        assertThat(fitted.fits()).isTrue();
        assertThat(kept).isEqualTo(oneMore.subList(1, oneMore.size()));
        assertThat(RenderedPrompt.of(REMEMBERING, scene().withHistory(oneMore)).tokens())
                .isGreaterThan(mostTokens);
        assertThat(fitted.rendered()).isEqualTo(RenderedPrompt.of(REMEMBERING, fitted.scene()));
    }

    @Test
    void fitsAHistoryThatThePromptWritesOut() {
        // given
        var prompt = Prompt.of(PromptKind.TEMPLATE, "{{conversation_history}}");

        // when
        var fitted = FittedPrompt.of(prompt, scene(), 500);

        // then
        assertThat(fitted.fits()).isTrue();
        assertThat(fitted.scene().history()).isNotEmpty().endsWith(TALK.getLast());
        assertThat(fitted.rendered().systemInstruction()).startsWith("user: q1");
    }

    @Test
    void saysThatNothingIsLeftToGiveWay() {
        // given a thousand bytes of a memory
        var fitted = FittedPrompt.of(REMEMBERING, scene(), 250);

        // then
        assertThat(fitted.fits()).isFalse();
        assertThat(fitted.scene().history()).isEmpty();
        assertThat(fitted.size()).contains("(expected: at most the revision's 250)");
    }

    @Test
    void countsTheBotAndItsOwnValues() {
        // given
        var bot = new Bot("Nova", "d".repeat(900), "s".repeat(900), Bot.DEFAULT_ZONE);
        var scene = Scenes.with(bot, "{}", List.of(), List.of());
        var prompt = Prompt.of(PromptKind.TEMPLATE, "{{bot_description}}{{bot_scene_desc}}");

        // then
        assertThat(FittedPrompt.of(prompt, scene, 400).fits()).isFalse();
        assertThat(FittedPrompt.of(prompt, scene, 500).fits()).isTrue();
    }

    @Test
    void saysNothingOfAUserInALog() {
        assertThat(FittedPrompt.of(REMEMBERING, scene(), 16_000).toString())
                .doesNotContain("mmm", "q1");
    }
}
