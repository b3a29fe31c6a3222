package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.wire.Called;
import dev.orrery.simulator.wire.Client;
import dev.orrery.simulator.wire.Spent;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The same for answers in one body, with every provider that has them. */
@ParameterizedClass
@MethodSource("clientsOfWholeAnswers")
class ProviderBodiesTest extends EveryProvider {

    ProviderBodiesTest(Client client) {
        super(client);
    }

    static List<Client> clientsOfWholeAnswers() {
        return clients().stream().filter(Client::answersWhole).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ok", "usage-twice", "finish-twice", "comments", "crlf", "split-events"})
    void saysTextFinishAndTokens(String fault) throws IOException {
        // when
        JsonNode body = with.body("sim/7-tokens+" + fault);

        // then
        assertThat(client.wholeText(body)).startsWith("(simulated) ");
        assertThat(client.wholeFinish(body)).isEqualTo(client.stop());
        assertThat(client.wholeSpent(body)).isEqualTo(new Spent(PROMPT, 0, 7));
    }

    @Test
    void saysTheSameAsAStream() throws IOException {
        // given
        String streamed = String.join("", with.texts(with.stream("sim/30-tokens")));

        // when
        String whole = client.wholeText(with.body("sim/30-tokens"));

        // then
        assertThat(whole).isEqualTo(streamed);
    }

    @Test
    void statesCachedAndReasoningTokens() throws IOException {
        // when
        JsonNode body = with.body("sim/4-tokens+5-cached-tokens+6-reasoning-tokens");

        // then
        int cached = client.statesCachedTokens() ? 5 : 0;
        assertThat(client.wholeSpent(body)).isEqualTo(new Spent(PROMPT, cached, 10));
        assertThat(client.wholeText(body)).doesNotContain("thought");
    }

    @Test
    void callsATool() throws IOException {
        // when
        JsonNode body = Completions.json(with.ask("sim/1-tool-call", false, true));

        // then
        assertThat(client.wholeCalls(body))
                .containsExactly(new Called("get_weather", "{\"city\":\"simulated\",\"days\":1}"));
        assertThat(client.wholeFinish(body)).isEqualTo(client.tool());
        assertThat(client.wholeText(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 408, 429, 500, 503, 529})
    void anErrorStatusHasTheProvidersOwnBody(int status) throws IOException {
        // when
        Heard heard = with.whole("sim/status-" + status);

        // then
        assertThat(heard.status()).isEqualTo(status);
        assertThat(client.error(Conversations.answered(heard)))
                .isEqualTo(client.usualError(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim/error-first", "sim/error-after-3"})
    void isAnErrorWithStatus200(String model) throws IOException {
        // when
        Heard heard = with.whole(model);

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(client.isWholeError(Completions.json(heard))).isTrue();
        assertThat(heard.text()).contains(Fault.SECRET_MARKER);
    }

    @Test
    void isCutInItsMiddle() throws IOException {
        assertThat(with.whole("sim/cut-after-3").end()).isEqualTo(End.CUT);
    }

    @Test
    void endsInItsMiddleAndHttpIsContent() throws IOException {
        // when
        Heard heard = with.whole("sim/broken-event-after-3");

        // then
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
        assertThatThrownBy(() -> Completions.json(heard)).isInstanceOf(JacksonException.class);
    }

    @Test
    void fallsSilentInItsMiddleUntilTheClientLeaves() throws IOException {
        // given
        String model = "sim/silence-after-3";
        RawCall call = with.begin(model, false, false);
        call.readHead();

        // when
        call.close();

        // then
        await().until(() -> calls().of(model).getLast().state() == CallState.CANCELLED);
    }

    @Test
    void hasNoFinishAndNoTokens() throws IOException {
        // when
        JsonNode body = with.body("sim/20-tokens+end-after-2");

        // then
        assertThat(client.wholeText(body).split(" ")).hasSize(2);
        assertThat(client.wholeFinish(body)).isNull();
        assertThat(client.wholeSpent(body)).isNull();
    }

    @Test
    void refusesThePrompt() throws IOException {
        // when
        JsonNode body = with.body("sim/blocked-prompt");

        // then
        assertThat(client.wholeText(body)).isEmpty();
        assertThat(client.wholeFinish(body)).isEqualTo(client.filtered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty-answer", "null-content", "missing-keys", "empty-choices"})
    void hasNoText(String fault) throws IOException {
        // when
        JsonNode body = with.body("sim/" + fault);

        // then
        assertThat(client.wholeText(body)).isEmpty();
        assertThat(client.isWholeError(body)).isFalse();
    }

    @Test
    void doesNotStateTokens() throws IOException {
        assertThat(client.wholeSpent(with.body("sim/no-usage"))).isNull();
    }

    @Test
    void canBeAStatusAPageOrNothing() throws IOException {
        assertThat(with.whole("sim/html").text()).startsWith("<!DOCTYPE html>");
        assertThat(with.whole("sim/redirect").status()).isEqualTo(307);
        assertThat(with.whole("sim/reset").end()).isEqualTo(End.RESET);
        assertThat(with.whole("sim/wrong-content-type").headers().get("content-type"))
                .startsWith("text/plain");
        assertThat(with.whole("sim/enormous-event-64-kib").bytes()).hasSizeGreaterThan(64 << 10);
        assertThat(with.whole("sim/3-tokens+invalid-utf8").bytes()).contains((byte) 0xFF);
    }
}
