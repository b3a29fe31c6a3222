package dev.orrery.llm.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.PlayedAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockFailuresTest extends BedrockBench {

    @ParameterizedTest
    @CsvSource({
        "400, ValidationException, m, rejected_input",
        "400, ValidationException, Input is too long for requested model., context_too_long",
        "400, ValidationException, The model returned the following errors: prompt is too long,"
                + " context_too_long",
        "400, ServiceQuotaExceededException, m, quota_exhausted",
        "403, AccessDeniedException, m, unauthorised",
        "403, UnrecognizedClientException, m, unauthorised",
        "403, ExpiredTokenException, m, unauthorised",
        "404, ResourceNotFoundException, m, unauthorised",
        "408, ModelTimeoutException, m, server_error",
        "424, ModelErrorException, m, server_error",
        "429, ThrottlingException, Too many requests, rate_limited",
        "429, ThrottlingException, Too many tokens per day, quota_exhausted",
        "429, ModelNotReadyException, m, overloaded",
        "500, InternalServerException, m, server_error",
        "503, ServiceUnavailableException, m, overloaded",
        "503, SomethingNewException, m, overloaded"
    })
    void tellsFailuresByTheirName(int status, String name, String message, String code) {
        // given
        var answer =
                PlayedAnswer.json(status, "{\"message\":\"%s %s\"}".formatted(message, MARKER))
                        .with("x-amzn-errortype", name + ":http://internal.amazon.com/coral/")
                        .with("x-amzn-requestid", "req-1");

        // when
        var heard = hear(answer);

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code))
                .message()
                .doesNotContain(MARKER);
        assertThat(provider.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throttlingException | {\"message\":\"Too many requests\"} | rate_limited",
                "validationException | {\"message\":\"Input is too long for requested model\"}"
                        + " | context_too_long",
                "validationException | {\"message\":\"m\"} | rejected_input",
                "internalServerException | {\"message\":\"m\"} | server_error",
                "serviceUnavailableException | {\"message\":\"m\"} | overloaded",
                "modelStreamErrorException | {\"originalStatusCode\":429,\"originalMessage\":\"m\"}"
                        + " | rate_limited",
                "modelStreamErrorException | {\"originalStatusCode\":500,\"message\":\"m\"}"
                        + " | server_error",
                "modelStreamErrorException | {\"message\":\"m\"} | server_error",
                "somethingNewException | {\"message\":\"m\"} | server_error"
            })
    void tellsFailuresInsideAStream(String name, String body, String code) {
        // when
        var heard = hear(stream(List.of(START, text("Once "), Frames.exception(name, body))));

        // then
        assertThat(heard.text()).isEqualTo("Once ");
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code));
        assertThat(heard.finishes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429, rate_limited", "503, overloaded", "500, server_error"})
    void tellsAFailureByItsStatusWhereItsBodyIsUnreadable(int status, String code) {
        // when
        var heard = hear(PlayedAnswer.json(status, "{\"message\":"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code));
    }

    @Test
    void failsOnAPayloadThatIsNoJson() {
        assertFails(
                stream(List.of(Frames.event("contentBlockDelta", "{\"delta\":" + MARKER))),
                ModelFailure.MalformedResponse.class);
    }
}
