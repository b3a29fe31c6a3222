package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.scripted.Script;
import org.junit.jupiter.api.Test;

/** All rounds of a turn are counted, and each of them once. */
class ToolRoundsUsageTest extends ToolRoundsBench {

    @Test
    void sumsWhatTheRoundsHaveUsedAndNumbersTheirAttempts() {
        // given
        model =
                model(
                        calling(Script.nothing().usage(30, 4), "get_weather", city("Oslo")),
                        Script.nothing().usage(50, 6).text("Rain.").finish(FinishReason.STOP));

        // when
        handle(weather());

        // then
        assertThat(outcome().getUsage().getInputTokens()).isEqualTo(80);
        assertThat(outcome().getUsage().getOutputTokens()).isEqualTo(10);
        assertThat(outcome().getUsage().getEstimated()).isFalse();
        assertThat(outcome().getAttempts())
                .extracting(attempt -> attempt.getNumber() + " " + attempt.getResult())
                .containsExactly("1 answered", "2 answered");
    }

    @Test
    void estimatesTheRoundsWhoseProviderDoesNotSayAndMarksTheSum() {
        // given
        model =
                model(
                        calling(Script.nothing().usage(30, 4), "get_weather", city("Oslo")),
                        Script.answer("Rain."));

        // when
        handle(weather());

        // then
        assertThat(outcome().getUsage().getInputTokens()).isGreaterThan(30);
        assertThat(outcome().getUsage().getOutputTokens()).isEqualTo(4 + 2);
        assertThat(outcome().getUsage().getEstimated()).isTrue();
    }

    @Test
    void measuresCallsByHandlerAndResult() {
        // given
        model =
                model(
                        calling("get_weather", city("Oslo")),
                        calling("get_wether", city("Oslo")),
                        Script.answer("Rain."));

        // when
        handle(weather());

        // then
        assertThat(
                        meters.get("orrery.llm.tools.calls")
                                .tags("tool", "get_weather", "result", "answered")
                                .counter()
                                .count())
                .isEqualTo(1);
        assertThat(
                        meters.get("orrery.llm.tools.calls")
                                .tags("tool", "unknown", "result", "unknown_tool")
                                .counter()
                                .count())
                .isEqualTo(1);
    }
}
