package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The same request again, at another replica. */
class RepeatsOverHttpTest {

    private static final Script ANSWER = Script.answer("A good ", "angle.").usage(31, 4);

    private final String service = "reports-" + UUID.randomUUID();
    private final RunningGateway one = replica();
    private final RunningGateway other = replica();

    private static RunningGateway replica() {
        return new RunningGateway(
                "rates.redis-url=" + SharedServers.redis().url(), "repeats.redis-limit=5s");
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void isGivenTheSameAnswerWithoutAnotherCall() {
        // given
        var body = Asks.with("\"fallbacks\":[],\"request_id\":\"r-1\"");
        one.model("openai", ANSWER);
        var asked = other.model("openai", Script.answer("Something else."));

        // when
        var first = one.postAs(service, body);
        var second = other.postAs(service, body);

        // then
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(asked.prompts()).isEmpty();
    }

    @Test
    void isGivenTheSameStreamWithoutAnotherCall() {
        // given
        var body = Asks.streamed(",\"request_id\":\"s-1\"");
        one.model("openai", ANSWER);
        var asked = other.model("openai", Script.answer("Something else."));

        // when
        var first = one.postAs(service, body);
        var second = other.postAs(service, body);

        // then
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(second.events().getLast()).isEqualTo("[DONE]");
        assertThat(text(second)).isEqualTo(text(first)).isEqualTo("A good angle.");
        assertThat(last(second).path("usage")).isEqualTo(last(first).path("usage"));
        assertThat(last(second).path("attempts")).isEqualTo(last(first).path("attempts"));
        assertThat(asked.prompts()).isEmpty();
    }

    @Test
    void isAskedAgainAfterAFailure() {
        // given
        var body = Asks.with("\"fallbacks\":[],\"request_id\":\"f-1\"");
        one.model("openai", Script.failure(new ModelFailure.Overloaded("status 503", null)));
        other.model("openai", ANSWER);

        // when
        var first = one.postAs(service, body);
        var second = other.postAs(service, body);

        // then
        assertThat(first.status()).isEqualTo(502);
        assertThat(second.status()).as(second.body()).isEqualTo(200);
    }

    @Test
    void mayNotBeAnotherRequestOfTheSameName() {
        // given
        one.model("openai", ANSWER);
        other.model("openai", ANSWER);

        // when
        var first = one.postAs(service, Asks.with("\"fallbacks\":[],\"request_id\":\"c-1\""));
        var second = other.postAs(service, Asks.streamed(",\"request_id\":\"c-1\""));
        var elsewhere =
                other.postAs("x" + service, Asks.with("\"fallbacks\":[],\"request_id\":\"c-1\""));

        // then
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.code()).isEqualTo("request_id_conflict");
        assertThat(elsewhere.status()).as(elsewhere.body()).isEqualTo(200);
    }

    private static String text(RunningGateway.Answer answer) {
        var text = new StringBuilder();
        for (var chunk : answer.chunks()) {
            text.append(chunk.at("/choices/0/delta/content").asString(""));
        }
        return text.toString();
    }

    private static JsonNode last(RunningGateway.Answer answer) {
        return answer.chunks().getLast();
    }
}
