package dev.orrery.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.PlayedAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicStreamTest extends AnthropicBench {

    @Test
    void countsCachedAndWrittenTokensAsInput() {
        assertThat(hear(answering("Hi")).usage())
                .isEqualTo(new ModelChunk.Usage(136, 6, 100L, null));
    }

    @Test
    void takesTheLastStatementOfUsageForTheWhole() {
        // given
        var last =
                event(
                        "message_delta",
                        """
                        "delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":40,\
                        "cache_read_input_tokens":0,"output_tokens":9}\
                        """);

        // when
        var heard = hear(PlayedAnswer.events(START, messageDelta("end_turn"), last, MESSAGE_STOP));

        // then
        assertThat(heard.usage()).isEqualTo(new ModelChunk.Usage(45, 9, 0L, null));
    }

    @Test
    void leavesUsageUnknownWhereNoneIsStated() {
        // given
        var silent = event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"}");

        // when
        var heard = hear(PlayedAnswer.events(event("message_start", "\"message\":{}"), silent));

        // then
        assertThat(heard.usage()).isNull();
    }

    @Test
    void isNotFinishedByAReasonAlone() {
        // when
        var heard = hear(PlayedAnswer.events(START, messageDelta("end_turn")));

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).isEmpty();
    }

    @Test
    void isNotFinishedWithoutAReason() {
        assertFails(PlayedAnswer.events(START, MESSAGE_STOP), ModelFailure.MalformedResponse.class);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "stop_sequence, STOP",
        "max_tokens, LENGTH",
        "model_context_window_exceeded, LENGTH",
        "tool_use, TOOL",
        "refusal, FILTERED",
        "something_new, STOP"
    })
    void tellsWhyTheModelStopped(String wire, FinishReason reason) {
        // given
        var events = opening("Hi");
        events.add(messageDelta(wire));
        events.add(MESSAGE_STOP);

        // when
        var heard = hear(PlayedAnswer.events(events.toArray(String[]::new)));

        // then
        assertThat(heard.finishes()).containsExactly(reason);
    }

    @Test
    void takesAnUnknownReasonForAnErrorWhereThereIsNoText() {
        assertThat(
                        hear(PlayedAnswer.events(
                                        START, messageDelta("something_new"), MESSAGE_STOP))
                                .finishes())
                .containsExactly(FinishReason.ERROR);
    }

    @Test
    void keepsThoughtsApartFromText() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                START,
                                event(
                                        "content_block_start",
                                        """
                                        "index":0,"content_block":{"type":"thinking","thinking":""}\
                                        """),
                                event(
                                        "content_block_delta",
                                        """
                                        "index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}\
                                        """),
                                event(
                                        "content_block_delta",
                                        """
                                        "index":0,"delta":{"type":"signature_delta","signature":"c2ln"}\
                                        """),
                                BLOCK_STOP,
                                event(
                                        "content_block_delta",
                                        """
                                        "index":1,"delta":{"type":"text_delta","text":"Yes."}\
                                        """),
                                messageDelta("end_turn"),
                                MESSAGE_STOP));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
    }

    @Test
    void countsCallsOfToolsFromZeroWhateverTheirBlocks() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                START,
                                TEXT_BLOCK,
                                toolBlock(1, "toolu_1", "get_weather"),
                                arguments(1, ""),
                                arguments(1, "{\\\"city\\\":"),
                                arguments(1, "\\\"Oslo\\\"}"),
                                event(
                                        "content_block_start",
                                        """
                                        "index":2,"content_block":{"type":"server_tool_use","id":"s",\
                                        "name":"web_search","input":{}}\
                                        """),
                                arguments(2, "{}"),
                                toolBlock(3, "toolu_2", "get_time"),
                                arguments(3, "{}"),
                                messageDelta("tool_use"),
                                MESSAGE_STOP));

        // then
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "toolu_1", "get_weather", ""),
                        new ModelChunk.ToolFragment(0, null, null, "{\"city\":"),
                        new ModelChunk.ToolFragment(0, null, null, "\"Oslo\"}"),
                        new ModelChunk.ToolFragment(1, "toolu_2", "get_time", ""),
                        new ModelChunk.ToolFragment(1, null, null, "{}"));
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
    }

    @Test
    void passesOverWhatALaterVersionAdds() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                START,
                                event("message_hint", "\"hint\":{\"a\":[1]}"),
                                event(
                                        "content_block_start",
                                        """
                                        "index":0,"content_block":{"type":"fallback"}\
                                        """),
                                event(
                                        "content_block_delta",
                                        """
                                        "index":1,"delta":{"type":"text_delta","text":"Hi"}\
                                        """),
                                messageDelta("end_turn"),
                                MESSAGE_STOP));

        // then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @Test
    void tellsTheIdOfTheMessageWhereNoHeaderHasOne() {
        assertThat(hear(answering("Hi")).requestIds()).containsExactly("msg_1");
        assertThat(hearWhole(whole("Hi")).requestIds()).containsExactly("msg_1");
    }

    @Test
    void keepsBlocksOfAWholeMessageApart() {
        // given
        var blocks =
                """
                {"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"text","text":"Yes."},
                {"type":"server_tool_use","id":"s","name":"web_search","input":{}},null,
                {"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Oslo"}},
                {"type":"tool_use","id":"toolu_2","name":"get_time"}\
                """;

        // when
        var heard = hearWhole(message(blocks, "\"tool_use\""));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(
                                0, "toolu_1", "get_weather", "{\"city\":\"Oslo\"}"),
                        new ModelChunk.ToolFragment(1, "toolu_2", "get_time", "{}"));
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
    }

    @Test
    void doesNotTakeAnErrorForAWholeMessageThoughTheStatusSaysSuccess() {
        // given
        var error = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}";

        // when
        var heard = hearWhole(PlayedAnswer.json(200, error));

        // then
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.Overloaded.class);
    }

    @Test
    void givesACallWithoutArgumentsAnEmptyObject() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                START,
                                toolBlock(0, "toolu_1", "now"),
                                arguments(0, ""),
                                BLOCK_STOP,
                                messageDelta("tool_use"),
                                MESSAGE_STOP));

        // then
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "toolu_1", "now", ""),
                        new ModelChunk.ToolFragment(0, null, null, "{}"));
    }

    @Test
    void takesArgumentsThatComeWithTheBeginningOfACall() {
        // given
        var begun =
                event(
                        "content_block_start",
                        """
                        "index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"now",\
                        "input":{"zone":"utc"}}\
                        """);

        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                START, begun, BLOCK_STOP, messageDelta("tool_use"), MESSAGE_STOP));

        // then
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "toolu_1", "now", "{\"zone\":\"utc\"}"));
    }
}
