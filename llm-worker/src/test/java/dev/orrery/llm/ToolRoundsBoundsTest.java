package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.OutcomeState;
import dev.orrery.events.ToolCallTrace;
import dev.orrery.llm.leases.LiveRun.StopReason;
import dev.orrery.llm.model.ToolChoice;
import dev.orrery.llm.scripted.Script;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Rounds, calls, and the time and the text they take have an end. */
class ToolRoundsBoundsTest extends ToolRoundsBench {

    @Test
    void givesUpAToolThatIsLate() {
        // given
        tools.taking("get_weather", Duration.ofSeconds(10), "Rain");
        model = model(calling("get_weather", city("Oslo")), Script.answer("I cannot tell."));
        var handled = handle(weather());

        // when
        time.advance(Duration.ofSeconds(2));

        // then
        assertThat(handled).isCompleted();
        assertThat(tools.cancelled()).isEqualTo(1);
        assertThat(outcome().getToolCalls())
                .extracting(ToolCallTrace::getOutcome)
                .containsExactly("timed_out");
    }

    @Test
    void offersNoToolsInTheLastRound() {
        // given
        model =
                model(
                        calling("get_weather", city("Oslo")),
                        calling("get_weather", city("Rome")),
                        calling("get_weather", city("Lima")),
                        Script.answer("Wet everywhere."));

        // when
        handle(weather());

        // then
        assertThat(model.prompts())
                .extracting(prompt -> prompt.conversation().toolChoice())
                .containsExactly(
                        ToolChoice.Mode.AUTO,
                        ToolChoice.Mode.AUTO,
                        ToolChoice.Mode.AUTO,
                        ToolChoice.Mode.NONE);
        assertThat(outcome().getText()).isEqualTo("Wet everywhere.");
    }

    @Test
    void carriesOutNoMoreThanEightCallsOfATurn() {
        // given
        var five = Collections.nCopies(5, city("Oslo")).toArray(String[]::new);
        model =
                model(
                        calling("get_weather", five),
                        calling("get_weather", five),
                        Script.answer("Wet everywhere."));

        // when
        handle(weather());

        // then
        assertThat(tools.errands()).hasSize(8);
        assertThat(outcome().getToolCalls())
                .extracting(ToolCallTrace::getOutcome)
                .filteredOn("too_many_calls"::equals)
                .hasSize(2);
        assertThat(asked(2).toolChoice()).isEqualTo(ToolChoice.Mode.NONE);
    }

    @Test
    void listensToNoMoreThanEightCallsOfAnAnswer() {
        // given
        var ten = Collections.nCopies(10, city("Oslo")).toArray(String[]::new);
        model = model(calling("get_weather", ten), Script.answer("Wet everywhere."));

        // when
        handle(weather());

        // then
        assertThat(outcome().getToolCalls()).hasSize(8);
        assertThat(asked(1).messages().get(1).calls()).hasSize(8);
    }

    @Test
    void breaksCallsForToolsOffWithTheTurn() {
        // given
        tools.taking("get_weather", Duration.ofSeconds(1), "Rain");
        model = model(calling("get_weather", city("Oslo")), Script.answer("Rain."));
        handle(weather());

        // when
        live.stop(TURN, StopReason.CANCELLED);

        // then
        assertThat(tools.cancelled()).isEqualTo(1);
        assertThat(model.prompts()).hasSize(1);
    }

    private static Script lengthy() {
        return Script.nothing().text("a".repeat(900));
    }

    @Test
    void takesNoLongerAnswerBecauseItHasSeveralRounds() {
        // given
        model =
                model(
                        calling(lengthy(), "get_weather", city("Oslo")),
                        calling(lengthy(), "get_weather", city("Oslo")),
                        Script.answer("b".repeat(200)));

        // when
        handle(weather());

        // then
        assertThat(outcome().getState()).isEqualTo(OutcomeState.FAILED);
        assertThat(outcome().getCode()).isEqualTo("all_providers_failed");
    }
}
