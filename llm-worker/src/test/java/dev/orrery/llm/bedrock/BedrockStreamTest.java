package dev.orrery.llm.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.testing.Json;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockStreamTest extends BedrockBench {

    @Test
    void countsCachedAndWrittenTokensAsInput() {
        assertThat(hear(answering("Hi")).usage())
                .isEqualTo(new ModelChunk.Usage(136, 6, 100L, null));
    }

    @Test
    void readsUsageThatComesBeforeTheStop() {
        // when
        var heard = hear(stream(List.of(START, text("Hi"), METADATA, stop("end_turn"))));

        // then
        assertThat(heard.usage()).isNotNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @Test
    void leavesUsageUnknownWhereNoneIsStated() {
        // when
        var heard =
                hear(
                        stream(
                                List.of(
                                        text("Hi"),
                                        stop("end_turn"),
                                        Frames.event("metadata", "{\"metrics\":{}}"))));

        // then
        assertThat(heard.usage()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "stop_sequence, STOP",
        "max_tokens, LENGTH",
        "model_context_window_exceeded, LENGTH",
        "tool_use, TOOL",
        "guardrail_intervened, FILTERED",
        "content_filtered, FILTERED",
        "malformed_model_output, ERROR",
        "malformed_tool_use, ERROR",
        "something_new, STOP"
    })
    void tellsWhyTheModelStopped(String wire, FinishReason reason) {
        assertThat(hear(stream(List.of(text("Hi"), stop(wire)))).finishes())
                .containsExactly(reason);
    }

    @Test
    void keepsThoughtsApartFromText() {
        // when
        var heard =
                hear(
                        stream(
                                List.of(
                                        START,
                                        delta(0, "{\"reasoningContent\":{\"text\":\"Hm.\"}}"),
                                        delta(0, "{\"reasoningContent\":{\"signature\":\"c2ln\"}}"),
                                        delta(1, "{\"text\":\"Yes.\"}"),
                                        stop("end_turn"))));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
    }

    @Test
    void countsCallsOfToolsFromZeroWhateverTheirBlocks() {
        // when
        var heard =
                hear(
                        stream(
                                List.of(
                                        START,
                                        text("Let me see."),
                                        call(1, "t1", "get_weather"),
                                        delta(1, "{\"toolUse\":{\"input\":\"{\\\"city\\\":\"}}"),
                                        delta(1, "{\"toolUse\":{\"input\":\"\\\"Oslo\\\"}\"}}"),
                                        call(2, "t2", "get_time"),
                                        delta(2, "{\"toolUse\":{\"input\":\"{}\"}}"),
                                        stop("tool_use"))));

        // then
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "t1", "get_weather", ""),
                        new ModelChunk.ToolFragment(0, null, null, "{\"city\":"),
                        new ModelChunk.ToolFragment(0, null, null, "\"Oslo\"}"),
                        new ModelChunk.ToolFragment(1, "t2", "get_time", ""),
                        new ModelChunk.ToolFragment(1, null, null, "{}"));
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
    }

    @Test
    void readsFramesThatAnotherEncoderWrote() {
        // given: made by hand from the description of the format
        var delta =
                Base64.getDecoder()
                        .decode(
                                "AAAAlAAAAFe0q5ruCzpldmVudC10eXBlBwARY29udGVudEJsb2NrRGVsdGENOmNvbnRlbnQ"
                                        + "tdHlwZQcAEGFwcGxpY2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcABWV2ZW50eyJjb250"
                                        + "ZW50QmxvY2tJbmRleCI6MCwiZGVsdGEiOnsidGV4dCI6IkhpIn19H5RGVw==");
        var stop =
                Base64.getDecoder()
                        .decode(
                                "AAAAegAAAFHKLEZlCzpldmVudC10eXBlBwALbWVzc2FnZVN0b3ANOmNvbnRlbnQtdHlwZQc"
                                        + "AEGFwcGxpY2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcABWV2ZW50eyJzdG9wUmVhc29u"
                                        + "IjoiZW5kX3R1cm4ifV+/Cfw=");

        // when
        var heard = hear(stream(List.of(delta, stop)));

        // then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @Test
    void passesOverWhatALaterVersionAdds() {
        // when
        var heard =
                hear(
                        stream(
                                List.of(
                                        Frames.event("somethingNew", "{\"a\":[1]}"),
                                        text("Hi"),
                                        stop("end_turn"))));

        // then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @Test
    void keepsBlocksOfAWholeMessageApart() {
        // given
        var blocks =
                """
                {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2ln"}}},
                {"text":"Yes."},
                {"toolUse":{"toolUseId":"t1","name":"get_tide",
                            "input":{"at":[1,2.5],"deep":{"yes":true,"no":null},"city":"Oslo"}}},
                {"toolUse":{"toolUseId":"t2","name":"get_time"}}\
                """;

        // when
        var heard = hearWhole(message(blocks, ",\"stopReason\":\"tool_use\""));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
        assertThat(heard.fragments())
                .extracting(ModelChunk.ToolFragment::name)
                .containsExactly("get_tide", "get_time");
        assertThat(Json.of(heard.fragments().getFirst().arguments()))
                .isEqualTo(
                        Json.of(
                                """
                                {"at":[1,2.5],"deep":{"yes":true,"no":null},"city":"Oslo"}
                                """));
        assertThat(heard.fragments().getLast().arguments()).isEqualTo("{}");
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
    }

    @Test
    void givesACallWithoutArgumentsAnEmptyObject() {
        // given
        var end = Frames.event("contentBlockStop", "{\"contentBlockIndex\":0}");

        // when
        var heard = hear(stream(List.of(START, call(0, "t1", "now"), end, stop("tool_use"))));

        // then
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "t1", "now", ""),
                        new ModelChunk.ToolFragment(0, null, null, "{}"));
    }
}
