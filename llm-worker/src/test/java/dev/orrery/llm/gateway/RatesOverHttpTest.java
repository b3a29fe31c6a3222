package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.scripted.Script;
import org.junit.jupiter.api.Test;

class RatesOverHttpTest {

    private static final String USERS = "\"fallbacks\":[],\"user\":\"asha\"";

    @Test
    void everyAnswerSaysWhatIsLeft() {
        // given
        try (var gateway = new RunningGateway()) {
            gateway.model("openai", Script.answer("Hello."));

            // when
            var answer = gateway.post(Asks.with(USERS));

            // then
            assertThat(answer.header("ratelimit-policy"))
                    .isEqualTo("\"service\";q=50;w=1, \"user\";q=5;w=5");
            assertThat(answer.header("ratelimit"))
                    .isEqualTo("\"service\";r=49;t=1, \"user\";r=4;t=1");
        }
    }

    @Test
    void oneCallTooManyIsToldToWait() {
        // given
        try (var gateway =
                new RunningGateway(
                        "rates.user.burst=1", "rates.user.refill=1", "rates.user.period=1h")) {
            var model = gateway.model("openai", Script.answer("Hello."));
            gateway.post(Asks.with(USERS));

            // when
            var answer = gateway.post(Asks.with(USERS));

            // then
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.code()).isEqualTo("rate_limited");
            assertThat(answer.json().path("retry_after_s").asInt()).isBetween(3_500, 3_600);
            assertThat(answer.header("retry-after"))
                    .isEqualTo(answer.json().path("retry_after_s").asString());
            assertThat(answer.header("ratelimit")).contains("\"user\";r=0;t=3");
            assertThat(model.prompts()).hasSize(1);
        }
    }
}
