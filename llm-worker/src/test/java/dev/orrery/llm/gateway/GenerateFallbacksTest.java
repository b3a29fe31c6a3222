package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.gateway.RunningGateway.Answer;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request whose first model does not answer. */
class GenerateFallbacksTest {

    private static final Script ANSWER = Script.answer("A good ", "angle.").usage(31, 4);

    private static final Script OVERLOADED =
            Script.failure(new ModelFailure.Overloaded("status 503", null));

    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void fallsBackToTheNextStepAndTellsWhatWasTried() {
        // given
        gateway.model("openai", OVERLOADED);
        gateway.model("groq", ANSWER);

        // when
        var answer = gateway.post(Asks.WITH_FALLBACK);

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("provider").asString()).isEqualTo("groq");
        assertThat(answer.json().path("attempts").valueStream())
                .extracting(attempt -> attempt.path("result").asString())
                .containsExactly("overloaded", "ok");
    }

    @Test
    void startsOverWhenAnAnswerBreaksOff() {
        // given
        gateway.model("openai", Script.nothing().text("A bad "));
        gateway.model("groq", ANSWER);

        // when
        var answer = gateway.post(Asks.WITH_FALLBACK);

        // then
        assertThat(content(answer)).isEqualTo("A good angle.");
    }

    @Test
    void followsTheRulesWhenItIsGivenNoFallbacks() {
        // given
        gateway.model("openai", OVERLOADED);
        var universal = gateway.model("gemini", ANSWER);

        // when
        var answer = gateway.post(Asks.with("\"stream\":false"));

        // then
        assertThat(answer.json().path("provider").asString()).isEqualTo("gemini");
        assertThat(universal.prompts().getFirst().model()).isEqualTo("gemini-2.0-flash");
        assertThat(universal.prompts().getFirst().conversation().systemInstruction())
                .isEqualTo("Be brief.");
    }

    @Test
    void passesOnAfterTheLimitThatTheRequestSets() {
        // given
        var silent = gateway.model("openai", Script.nothing().silence());
        gateway.model("groq", ANSWER);

        // when
        var answer =
                gateway.post(
                        Asks.WITH_FALLBACK.replaceFirst(
                                "\\{", "{\"timeouts\":{\"first_token_ms\":50},"));

        // then
        assertThat(content(answer)).isEqualTo("A good angle.");
        assertThat(answer.json().path("attempts").path(0).path("result").asString())
                .isEqualTo("timed_out_first_token");
        assertThat(silent.cancelled()).isEqualTo(1);
    }

    @Test
    void allowsNoMorePatienceThanItsOwn() {
        // given
        var model = gateway.model("openai", ANSWER);

        // when
        gateway.post(Asks.with("\"fallbacks\":[],\"timeouts\":{\"connect_ms\":3600000}"));

        // then
        assertThat(model.prompts().getFirst().connectLimit()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void saysSoWhenTheDeadlineHasPassed() {
        // given
        gateway.model("openai", Script.nothing().silence());

        // when
        var answer = gateway.post(Asks.with("\"fallbacks\":[],\"deadline_ms\":50"));

        // then
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("deadline_exceeded");
    }

    @Test
    void saysHonestlyThatNobodyHasAnswered() {
        // given
        gateway.model("openai", OVERLOADED);

        // when
        var answer = gateway.post(Asks.WITH_FALLBACK);

        // then
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo("all_providers_failed");
        assertThat(answer.json().path("attempts").valueStream())
                .extracting(attempt -> attempt.path("result").asString())
                .containsExactly("overloaded", "provider_unavailable");
    }

    @ParameterizedTest
    @CsvSource({"' ', empty_response", "'', truncated_stream"})
    void takesNothingForAnAnswerThatIsNone(String text, String result) {
        // given
        gateway.model("openai", text.isEmpty() ? Script.nothing() : Script.answer(text));

        // when
        var answer = gateway.post(Asks.SIMPLE);

        // then
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().path("attempts").path(0).path("result").asString())
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                                  200",
        "'\"refusals\":{\"content_filtered\":\"final\"}',        422",
        "'\"refusals\":{\"context_too_long\":\"final\"}',        200",
        "'\"refusals\":{\"content_filtered\":\"next_attempt\"}', 200"
    })
    void asksNobodyElseAfterARefusalWhereThatIsFinal(String metadata, int status) {
        // given
        gateway.model("openai", Script.failure(new ModelFailure.ContentFiltered("refused")));
        gateway.model("groq", ANSWER);

        // when
        var answer =
                gateway.post(
                        Asks.WITH_FALLBACK.replaceFirst(
                                "\\{", "{\"metadata\":{" + metadata + "},"));

        // then
        assertThat(answer.status()).isEqualTo(status);
    }

    private static String content(Answer answer) {
        return answer.json().path("choices").path(0).path("message").path("content").asString("");
    }
}
