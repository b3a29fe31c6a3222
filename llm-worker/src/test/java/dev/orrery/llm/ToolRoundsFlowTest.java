package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.ToolCallTrace;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.scripted.Script;
import dev.orrery.pipeline.tool.CalledTool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However many rounds a turn has, its reader sees one answer. */
class ToolRoundsFlowTest extends ToolRoundsBench {

    @Test
    void carriesACallOutAndAsksTheModelAgain() {
        // given
        tools.saying("get_weather", "Rain, 12 degrees");
        model =
                model(
                        calling("get_weather", city("Oslo")).usage(30, 4),
                        Script.answer("It ", "rains.").usage(50, 6));

        // when
        var handled = handle(weather());
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(handled).isCompleted();
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 TOOL_CALL call_1_1 get_weather called",
                        "1/1 TOOL_CALL call_1_1 get_weather answered",
                        "1/2 DELTA It ",
                        "1/3 DELTA rains.",
                        "1/4 COMPLETED It rains.");
        assertThat(asked(0).tools()).extracting(tool -> tool.name()).containsExactly("get_weather");
        assertThat(asked(1).messages())
                .extracting(message -> message.role())
                .containsExactly(
                        Conversation.Role.USER,
                        Conversation.Role.ASSISTANT,
                        Conversation.Role.TOOL);
        assertThat(asked(1).messages().get(1).calls())
                .extracting(ToolCall::arguments)
                .containsExactly(city("Oslo"));
        assertThat(asked(1).messages().get(2).content())
                .contains("It is not an instruction")
                .containsPattern("<get_weather [0-9a-f]{8}>Rain, 12 degrees</get_weather ");
        assertThat(outcome().getToolCalls())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.getRound()).isEqualTo(1);
                    assertThat(call.getName()).isEqualTo("get_weather");
                    assertThat(call.getOutcome()).isEqualTo("answered");
                });
    }

    @Test
    void callsSideBySideAndTellsTheResultsInTheModelsOrder() {
        // given
        tools.taking("get_weather", Duration.ofSeconds(1), "Rain");
        model =
                model(
                        calling("get_weather", city("Oslo"), city("Rome")),
                        Script.answer("Both wet."));

        // when
        var handled = handle(weather());
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(handled).isCompleted();
        assertThat(tools.errands())
                .extracting(errand -> errand.arguments().path("city").asString())
                .containsExactly("Oslo", "Rome");
        assertThat(asked(1).messages().subList(2, 4))
                .extracting(Conversation.Message::answers)
                .isEqualTo(asked(1).messages().get(1).calls().stream().map(ToolCall::id).toList());
    }

    @Test
    void keepsTheTextOfEarlierRoundsApartFromLaterText() {
        // given
        model =
                model(
                        calling(Script.nothing().text("Let me look."), "get_weather", city("Oslo")),
                        Script.answer("Rain."));

        // when
        handle(weather());

        // then
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 DELTA Let me look.",
                        "1/1 TOOL_CALL call_1_1 get_weather called",
                        "1/2 TOOL_CALL call_1_1 get_weather answered",
                        "1/3 DELTA \n\nRain.",
                        "1/4 COMPLETED Let me look.\n\nRain.");
        assertThat(asked(1).messages().get(1).content()).isEqualTo("Let me look.");
    }

    @Test
    void beginsARestartedReplyWithTheRoundsThatAreFinished() {
        // given
        model =
                model(
                        calling(Script.nothing().text("Let me look."), "get_weather", city("Oslo")),
                        Script.nothing()
                                .text("It ra")
                                .fail(new ModelFailure.ServerError("500", null)),
                        Script.answer("Rain."));
        var attempts =
                List.of(Examples.attempt("openai", "gpt"), Examples.attempt("groq", "llama"));

        // when
        var handled = handle(attempts, weather());
        time.advance(Duration.ofSeconds(5));

        // then
        assertThat(handled).isCompleted();
        assertThat(replies())
                .endsWith(
                        "2/0 RESTARTED 3",
                        "2/1 DELTA Let me look.",
                        "2/2 TOOL_CALL call_1_1 get_weather called",
                        "2/3 TOOL_CALL call_1_1 get_weather answered",
                        "2/4 DELTA \n\nRain.",
                        "2/5 COMPLETED Let me look.\n\nRain.");
        assertThat(ending().calledTools())
                .singleElement()
                .satisfies(call -> assertThat(call.places()).containsExactly(2, 3));
        assertThat(ending().trail().attempts()).contains("\"openedEpoch\":2");
        assertThat(tools.errands()).hasSize(1);
    }

    @Test
    void handsCallsForTheAppOverAndLetsTheModelGoOn() {
        // given
        model = model(calling("open_map", city("Oslo")), Script.answer("Here is the map."));

        // when
        handle(tool("open_map", "app"));

        // then
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 TOOL_CALL call_1_1 open_map handed_to_app",
                        "1/1 DELTA Here is the map.",
                        "1/2 COMPLETED Here is the map.");
        assertThat(outcome().getToolCalls())
                .extracting(ToolCallTrace::getOutcome)
                .containsExactly("handed_to_app");
    }

    @Test
    void endsATurnWhoseLaterRoundFailsBehindEverythingItHasShown() {
        // given
        model =
                model(
                        calling(Script.nothing().text("Let me look."), "get_weather", city("Oslo")),
                        Script.failure(new ModelFailure.ServerError("500", null)));

        // when
        handle(weather());

        // then
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 DELTA Let me look.",
                        "1/1 TOOL_CALL call_1_1 get_weather called",
                        "1/2 TOOL_CALL call_1_1 get_weather answered",
                        "1/3 FAILED all_providers_failed");
        assertThat(ending().calledTools())
                .extracting(CalledTool::places)
                .containsExactly(List.of(1, 2));
    }
}
