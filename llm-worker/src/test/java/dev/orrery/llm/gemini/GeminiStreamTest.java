package dev.orrery.llm.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.ServerSent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiStreamTest extends GeminiBench {

    @Test
    void countsThoughtsAsOutput() {
        assertThat(hear(answering("Hi")).usage()).isEqualTo(new ModelChunk.Usage(31, 44, 16L, 40L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"promptTokenCount\":9,\"totalTokenCount\":9} | 9 | 0 | -",
                "{\"promptTokenCount\":9,\"thoughtsTokenCount\":5,\"totalTokenCount\":14} | 9 | 5 | 5",
                "{\"promptTokenCount\":9,\"thoughtsTokenCount\":5} | 9 | 5 | 5",
                "{\"promptTokenCount\":9,\"toolUsePromptTokenCount\":3,\"candidatesTokenCount\":2}"
                        + " | 12 | 2 | -"
            })
    void readsWhatIsLeftOutAsZero(String usage, long input, long output, @Nullable Long thoughts) {
        // when
        var heard =
                hear(PlayedAnswer.events(text("Hi"), finish("STOP", "\"usageMetadata\":" + usage)));

        // then
        assertThat(heard.usage()).isEqualTo(new ModelChunk.Usage(input, output, null, thoughts));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"promptTokenCount\":9}", "{\"candidatesTokenCount\":9}", "{}"})
    void leavesUsageUnknownWhereHalfOfItIsStated(String usage) {
        assertThat(
                        hear(PlayedAnswer.events(
                                        text("Hi"), finish("STOP", "\"usageMetadata\":" + usage)))
                                .usage())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP",
        "MAX_TOKENS, LENGTH",
        "SAFETY, FILTERED",
        "RECITATION, FILTERED",
        "BLOCKLIST, FILTERED",
        "PROHIBITED_CONTENT, FILTERED",
        "SPII, FILTERED",
        "IMAGE_SAFETY, FILTERED",
        "IMAGE_PROHIBITED_CONTENT, FILTERED",
        "OTHER, ERROR",
        "TOO_MANY_TOOL_CALLS, ERROR",
        "MALFORMED_FUNCTION_CALL, ERROR",
        "SOMETHING_NEW, STOP"
    })
    void tellsWhyTheModelStopped(String wire, FinishReason reason) {
        assertThat(hear(PlayedAnswer.events(text("Hi"), finish(wire, null))).finishes())
                .containsExactly(reason);
    }

    @Test
    void tellsTheUsageOfARefusedPrompt() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                ServerSent.data(
                                        """
                                        {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},\
                                        "usageMetadata":{"promptTokenCount":9,"totalTokenCount":9}}\
                                        """)));

        // then: the chain takes this finish for a refusal
        assertThat(heard.chunks())
                .containsExactly(
                        new ModelChunk.Usage(9, 0, null, null),
                        new ModelChunk.Finished(FinishReason.FILTERED));
    }

    @Test
    void keepsThoughtsApartFromText() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                parts("{\"text\":\"Hm.\",\"thought\":true}"),
                                parts("{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}"),
                                parts("{\"text\":\"Yes.\",\"thought\":false}"),
                                finish("STOP", null)));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
    }

    @Test
    void tellsACallForToolsFromARegularStop() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                parts(
                                        """
                                        {"functionCall":{"name":"get_weather","args":{"city":"Oslo"}},\
                                        "thoughtSignature":"c2ln"},\
                                        {"functionCall":{"id":"f-2","name":"get_time"}}\
                                        """),
                                finish("STOP", null)));

        // then
        assertThat(heard.fragments())
                .extracting(
                        ModelChunk.ToolFragment::index,
                        ModelChunk.ToolFragment::id,
                        ModelChunk.ToolFragment::name,
                        ModelChunk.ToolFragment::arguments)
                .containsExactly(
                        tuple(0, "call_0", "get_weather", "{\"city\":\"Oslo\"}"),
                        tuple(1, "f-2", "get_time", "{}"));
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
    }

    @Test
    void readsTheFirstCandidateOnly() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                ServerSent.data(
                                        """
                                        {"candidates":[\
                                        {"content":{"parts":[{"text":"one"}]},"finishReason":"STOP"},\
                                        {"index":1,"content":{"parts":[{"text":"two"}]},\
                                        "finishReason":"MAX_TOKENS"}]}\
                                        """)));

        // then
        assertThat(heard.text()).isEqualTo("one");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @Test
    void tellsTheIdOfTheResponseWhereNoHeaderHasOne() {
        assertThat(hear(answering("Hi")).requestIds()).containsExactly("r1");
        assertThat(hearWhole(whole("Hi")).requestIds()).containsExactly("r1");
    }

    @Test
    void doesNotTakeAnErrorForAWholeAnswerThoughTheStatusSaysSuccess() {
        // when
        var heard = hearWhole(PlayedAnswer.json(200, error(503, "UNAVAILABLE", MARKER, "")));

        // then
        assertThat(heard.failure())
                .isExactlyInstanceOf(ModelFailure.Overloaded.class)
                .message()
                .doesNotContain(MARKER);
    }
}
