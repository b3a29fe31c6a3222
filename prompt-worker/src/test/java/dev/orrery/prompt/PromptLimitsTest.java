package dev.orrery.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.events.PromptMessage;
import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptHash;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Summary;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.prompt.summaries.Recalled;
import dev.orrery.turns.FailureCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * How much a prompt holds: what is not even read, what gives way, and when a turn fails for good.
 */
class PromptLimitsTest extends ScriptedFlow {

    @Test
    void asksForNoHistoryOfTheFirstTurn() {
        // when
        prompt(context(revision("Hi"), 1));

        // then
        assertThat(askedOfHistory).isEmpty();
    }

    @Test
    void asksForNoHistoryThatWouldNotBeShown() {
        // when
        prompt(context(revision("Hi", 0, 16_000), 5));
        prompt(context(revision("Hi!!!", 20, 8), 5)); // 32 bytes: these 5 and the message's 27

        // then
        assertThat(askedOfHistory).isEmpty();
    }

    @Test
    void asksForAsMuchHistoryAsTheRevisionAllows() {
        // given
        var context = context(revision("Hi", 7, 100), 5);
        long left = 400 - "Hi".length() - context.value().getText().length();

        // when
        prompt(context);

        // then
        assertThat(askedOfHistory).containsExactly("5 7 " + left);
    }

    @Test
    void asksForNoMemoriesThatWouldNotBeShown() {
        // when
        prompt(context(revision("{{user_name}}"), 1));
        prompt(context(document("Role: {$role: guide.}", "{}"), 1));

        // then
        assertThat(askedOfMemories).isEmpty();
    }

    @Test
    void asksForNoSummaryWhereNoneCanBeOrWouldBeShown() {
        // when
        prompt(context(summarising("{{conversation_summary}}", "{\"every_turns\": 9}"), 9));
        prompt(context(summarising("{{conversation_summary}}", "{\"enabled\": false}"), 99));
        prompt(context(summarising("{{user_name}}", "{\"every_turns\": 2}"), 99));
        prompt(context(revision("{{conversation_summary}}"), 99));

        // then
        assertThat(askedOfSummaries).isEmpty();
    }

    @Test
    void recordsNoSummaryThatHadToGiveWay() {
        // given
        recalled = Optional.of(new Recalled(new Summary(1, 2, "s".repeat(1_000)), 0));
        var revision =
                revision(
                        Prompt.of(PromptKind.TEMPLATE, "{{conversation_summary}}"),
                        PromptOptions.of(
                                JsonMapper.shared()
                                        .readTree("{\"summary\": {\"every_turns\": 1}}")),
                        ChainWish.of("openai", "a", 0),
                        3,
                        100);

        // when
        var prompt = prompt(context(revision, 3));

        // then
        assertThat(prompt.getSystemInstruction()).isEmpty();
        assertThat(prompt.getSummary()).isNull();
    }

    @Test
    void leavesOutTheOldestTurnsThatTheLimitHasNoRoomForBesideTheMemories() {
        // given
        history.add(new Exchange("a".repeat(100), "b".repeat(100)));
        history.add(new Exchange("c".repeat(20), "d".repeat(20)));
        var system = "a:\n- Likes {{bot_name}}\n";
        var message = "Will it rain, {{bot_name}}?";
        int bytes = system.length() + 40 + message.length();
        var revision =
                revision(
                        Prompt.of(PromptKind.STRUCTURED, "a: {$memories: all}"),
                        PromptOptions.NONE,
                        ChainWish.of("openai", "a", 0),
                        20,
                        Math.ceilDiv(bytes, 4));

        // when
        var prompt = prompt(context(revision, 3));

        // then
        assertThat(prompt.getSystemInstruction()).isEqualTo(system);
        assertThat(prompt.getMessages())
                .extracting(PromptMessage::getContent)
                .containsExactly("c".repeat(20), "d".repeat(20), message);
        assertThat(prompt.getPromptHash())
                .isEqualTo(PromptHash.of(prompt.getSystemInstruction(), prompt.getMessages()));
    }

    @Test
    void failsForGoodAboveTheLimitThatTheTurnsPriceWasSecuredFor() {
        // given
        history.add(new Exchange("Hi", "Namaste"));
        var context = context(revision("{{bot_description}}", 20, 11), 2);

        // then 19 of the description and 27 of the message are 46 bytes
        assertThatThrownBy(() -> handle(context))
                .isInstanceOfSatisfying(
                        StageFailure.Permanent.class,
                        failure ->
                                assertThat(failure.code()).isEqualTo(FailureCode.PROMPT_TOO_LONG))
                .hasMessage("prompt: about 12 tokens (expected: at most the revision's 11)");
        assertThat(prompt(context(revision("{{bot_description}}", 20, 12), 2)).getMessages())
                .hasSize(1);
    }
}
