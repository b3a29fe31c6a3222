package dev.orrery.llm.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.ServerSent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiFailuresTest extends GeminiBench {

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT, m, rejected_input",
        "400, INVALID_ARGUMENT, The input token count (12) exceeds the maximum number of tokens"
                + " allowed (8)., context_too_long",
        "400, FAILED_PRECONDITION, m, unauthorised",
        "401, UNAUTHENTICATED, m, unauthorised",
        "402, SOMETHING_NEW, m, quota_exhausted",
        "403, PERMISSION_DENIED, m, unauthorised",
        "404, NOT_FOUND, m, unauthorised",
        "429, RESOURCE_EXHAUSTED, m, rate_limited",
        "499, CANCELLED, m, server_error",
        "500, INTERNAL, m, server_error",
        "503, UNAVAILABLE, m, overloaded",
        "504, DEADLINE_EXCEEDED, m, server_error"
    })
    void tellsFailuresByTheirStatus(int code, String status, String message, String failure) {
        // given
        var body = error(code, status, message + " " + MARKER, "");

        // when
        var answered = hear(PlayedAnswer.json(code, body));
        var inArray = hear(PlayedAnswer.json(code, "[" + body + "]"));
        var inStream = hear(PlayedAnswer.events(ServerSent.data(body)));

        // then
        for (var heard : List.of(answered, inArray, inStream)) {
            assertThat(heard.failure())
                    .isInstanceOfSatisfying(
                            ModelFailure.class, it -> assertThat(it.code()).isEqualTo(failure))
                    .message()
                    .doesNotContain(MARKER);
        }
    }

    @Test
    void takesAWrongKeyForWhatItIs() {
        assertFails(
                PlayedAnswer.json(
                        400,
                        error(
                                400,
                                "INVALID_ARGUMENT",
                                "API key not valid.",
                                """
                                {"@type":"type.googleapis.com/google.rpc.ErrorInfo",
                                 "reason":"API_KEY_INVALID","domain":"googleapis.com"}\
                                """)),
                ModelFailure.Unauthorised.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "34.4s, 34400",
                "0s, 0",
                "0.000000001s, 0",
                "86400s, 3600000",
                "soon, -",
                "-1s, -",
                "99999999999s, -"
            })
    void waitsAsLongAsRetryInfoSays(String delay, @Nullable Long millis) {
        // when
        var heard = hear(PlayedAnswer.json(429, exhausted("PerMinute", delay)));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.RateLimited.class,
                        it -> {
                            var wait = it.retryAfter();
                            assertThat(wait == null ? null : (Long) wait.toMillis())
                                    .isEqualTo(millis);
                        });
    }

    @Test
    void prefersTheHeaderToRetryInfo() {
        // when
        var heard =
                hear(
                        PlayedAnswer.json(429, exhausted("PerMinute", "34s"))
                                .with("retry-after", "2"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.RateLimited.class,
                        it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void doesNotTakeASpentDayForHaste() {
        assertFails(
                PlayedAnswer.json(429, exhausted("PerDay", "34s")),
                ModelFailure.QuotaExhausted.class);
    }
}
