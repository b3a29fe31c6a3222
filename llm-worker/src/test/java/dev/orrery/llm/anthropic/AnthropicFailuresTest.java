package dev.orrery.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.PlayedAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicFailuresTest extends AnthropicBench {

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, m, rejected_input",
        "400, invalid_request_error, prompt is too long: 214000 tokens > 200000 maximum,"
                + " context_too_long",
        "400, invalid_request_error, input length and `max_tokens` exceed context limit: 9,"
                + " context_too_long",
        "400, invalid_request_error, Your credit balance is too low, quota_exhausted",
        "400, invalid_request_error, You have reached your specified API usage limits.,"
                + " quota_exhausted",
        "401, authentication_error, m, unauthorised",
        "402, billing_error, m, quota_exhausted",
        "403, permission_error, m, unauthorised",
        "404, not_found_error, m, unauthorised",
        "409, conflict_error, m, server_error",
        "413, request_too_large, m, context_too_long",
        "429, rate_limit_error, m, rate_limited",
        "500, api_error, m, server_error",
        "504, timeout_error, m, server_error",
        "529, overloaded_error, m, overloaded",
        "503, something_new, m, overloaded"
    })
    void tellsFailuresByTheirType(int status, String type, String message, String code) {
        // given
        var body =
                """
                {"type":"error","error":{"type":"%s","message":"%s %s"},"request_id":"req_1"}\
                """
                        .formatted(type, message, MARKER);

        // when
        var heard = hear(PlayedAnswer.json(status, body).with("retry-after", "3"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code))
                .message()
                .doesNotContain(MARKER);
    }

    @Test
    void doesNotTakeASpentBudgetForHaste() {
        assertFails(
                PlayedAnswer.json(
                                429,
                                """
                                {"type":"error","error":{"type":"rate_limit_error","message":"m",
                                 "details":{"error_code":"enforced_spend_limit_reached"}}}\
                                """)
                        .with("retry-after", "3"),
                ModelFailure.QuotaExhausted.class);
    }

    @Test
    void passesRetryAfterOfARateLimitOn() {
        // when
        var heard =
                hear(
                        PlayedAnswer.json(
                                        429,
                                        """
                                        {"type":"error","error":{"type":"rate_limit_error"}}\
                                        """)
                                .with("retry-after", "17"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.RateLimited.class,
                        it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
    }
}
