package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.OutcomeState;
import dev.orrery.events.ToolCallTrace;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.tools.ToolFailure;
import org.junit.jupiter.api.Test;

/** A call that fails is for the model to deal with, and fails no turn. */
class FailedToolCallsTest extends ToolRoundsBench {

    @Test
    void tellsTheModelAndNotTheUserWhatIsWrongWithACall() {
        // given
        tools.failing("get_weather", new ToolFailure(ToolFailure.Reason.ABSENT, "no_place"));
        model =
                model(
                        calling("get_wether", city("Oslo")),
                        calling("get_weather", "{\"city\": 3}", "{\"city\"", city("Rome")),
                        Script.answer("I cannot tell."));

        // when
        var handled = handle(weather());

        // then
        assertThat(handled).isCompleted();
        assertThat(outcome().getState()).isEqualTo(OutcomeState.COMPLETED);
        assertThat(outcome().getToolCalls())
                .extracting(ToolCallTrace::getOutcome)
                .containsExactly("unknown_tool", "bad_arguments", "bad_arguments", "absent");
        assertThat(asked(2).messages())
                .filteredOn(message -> message.role() == Conversation.Role.TOOL)
                .extracting(Conversation.Message::content)
                .satisfiesExactly(
                        told -> assertThat(told).contains("unknown_tool", "get_weather"),
                        told -> assertThat(told).contains("city: 3 (expected: string)"),
                        told -> assertThat(told).contains("one JSON object"),
                        told -> assertThat(told).contains("absent", "no_place"));
        assertThat(tools.errands()).hasSize(1);
        assertThat(asked(2).messages())
                .flatExtracting(Conversation.Message::calls)
                .extracting(call -> call.name() + " " + call.arguments())
                .containsExactly(
                        "get_wether " + city("Oslo"),
                        "get_weather {\"city\": 3}",
                        "get_weather {}",
                        "get_weather " + city("Rome"));
    }

    @Test
    void tellsTheModelNothingOfAMistakeOfOurs() {
        // given
        tools.failing("get_weather", new IllegalStateException("secret"));
        model = model(calling("get_weather", city("Oslo")), Script.answer("I cannot tell."));

        // when
        handle(weather());

        // then
        assertThat(outcome().getToolCalls())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.getOutcome()).isEqualTo("failed");
                    assertThat(call.getResult()).doesNotContain("secret");
                });
    }
}
