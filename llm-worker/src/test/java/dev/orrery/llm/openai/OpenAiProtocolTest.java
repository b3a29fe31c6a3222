package dev.orrery.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.ChatModelContract;
import dev.orrery.llm.testing.DetailsContract;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.ToolsContract;
import dev.orrery.llm.testing.WholeAnswerContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against the protocol as OpenAI writes it, to the byte. */
class OpenAiProtocolTest extends OpenAiBench
        implements ChatModelContract, WholeAnswerContract, DetailsContract, ToolsContract {

    @Test
    void takesTheStreamForFinishedThoughTheResponseStaysOpen() {
        // when
        var heard = hear(answering("Hi").thenSilence());

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
        assertThat(heard.usage()).isNotNull();
    }

    @Test
    void tellsTheIdOfTheCompletionWhereNoHeaderHasOne() {
        assertThat(hear(answering("Hi")).requestIds()).containsExactly("chatcmpl-1");
        assertThat(hearWhole(whole("Hi")).requestIds()).containsExactly("chatcmpl-1");
    }

    @Test
    void asksForNoStreamWhereNoneIsWanted() {
        // when
        hearWhole(whole("Hi"));

        // then
        var asked = provider.asked().getFirst();
        assertThat(asked.headers()).containsEntry("accept", "application/json");
        assertThat(Json.of(asked.body()))
                .isEqualTo(
                        Json.of(
                                """
                                {"model":"model-1","stream":false,"max_completion_tokens":64,
                                 "messages":[{"role":"user","content":"Hello"}]}
                                """));
    }

    @Test
    void readsAStreamThatComesUnasked() {
        // when
        var heard = hearWhole(answering("Good ", "morning"));

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("Good morning");
    }

    @Test
    void keepsThoughtsOfAWholeAnswerApart() {
        // when
        var heard =
                hearWhole(
                        completion(
                                "\"reasoning_content\":\"Hm.\",\"content\":\"Yes.\"", "\"stop\""));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
        assertThat(heard.usage()).isEqualTo(new ModelChunk.Usage(31, 14, 16L, 8L));
    }

    @Test
    void failsWhenTheModelDeclinesInAWholeAnswer() {
        // when
        var heard =
                hearWhole(
                        completion("\"content\":null,\"refusal\":\"" + MARKER + "\"", "\"stop\""));

        // then
        assertThat(heard.failure())
                .isExactlyInstanceOf(ModelFailure.ContentFiltered.class)
                .message()
                .doesNotContain(MARKER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"m\",\"code\":429}} | rate_limited",
                "{\"error\":{\"message\":\"m\",\"code\":502}} | server_error",
                "{\"error\":{\"message\":\"m\",\"code\":\"context_length_exceeded\"}} | context_too_long"
            })
    void doesNotTakeAnErrorForAnAnswerThoughTheStatusSaysSuccess(String body, String code) {
        // when
        var heard = hearWhole(PlayedAnswer.json(200, body));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"choices\":[]}", "{\"choices\":[{\"message\":null}]}"})
    void takesAnAnswerWithoutAnyForUnfinished(String body) {
        // when
        var heard = hearWhole(PlayedAnswer.json(200, body));

        // then: without a finish the chain takes it for a failure
        assertThat(heard.finishes()).isEmpty();
    }
}
