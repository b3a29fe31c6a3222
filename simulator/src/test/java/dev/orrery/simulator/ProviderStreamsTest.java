package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.Call;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.wire.Called;
import dev.orrery.simulator.wire.Client;
import dev.orrery.simulator.wire.Spent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a faultless stream says however it is packed, and how calls are refused, with every
 * provider, as a client that knows the provider's documents reads it from the wire.
 */
@ParameterizedClass
@MethodSource("clients")
class ProviderStreamsTest extends EveryProvider {

    private static final List<Called> WEATHER =
            List.of(new Called("get_weather", "{\"city\":\"simulated\",\"days\":1}"));

    ProviderStreamsTest(Client client) {
        super(client);
    }

    @Test
    void aFaultlessStreamSaysTextFinishTokensAndEnd() throws IOException {
        // when
        Heard heard = with.stream("sim/7-tokens");

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.headers().get("content-type")).startsWith(client.streamType());
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
        assertThat(with.texts(heard)).hasSize(7).first().isEqualTo("(simulated)");
        assertThat(with.finishes(heard)).containsExactly(client.stop());
        assertThat(with.spent(heard)).containsExactly(new Spent(PROMPT, 0, 7));
        assertThat(with.isEnded(heard)).isTrue();
        assertThat(calls().of("sim/7-tokens"))
                .extracting(Call::state)
                .containsExactly(CallState.ANSWERED);
    }

    @Test
    void statesCachedAndReasoningTokens() throws IOException {
        // when
        Heard heard = with.stream("sim/4-tokens+5-cached-tokens+6-reasoning-tokens");

        // then
        int cached = client.statesCachedTokens() ? 5 : 0;
        assertThat(with.spent(heard)).containsExactly(new Spent(PROMPT, cached, 10));
        assertThat(with.texts(heard)).hasSize(4).noneMatch(text -> text.contains("thought"));
    }

    @Test
    void callsATool() throws IOException {
        // when
        Heard heard = with.ask("sim/1-tool-call", true, true);

        // then
        assertThat(with.calls(heard)).isEqualTo(WEATHER);
        assertThat(with.finishes(heard)).containsExactly(client.tool());
        assertThat(with.texts(heard)).isEmpty();
        assertThat(with.isEnded(heard)).isTrue();
    }

    @Test
    void callsSeveralToolsAfterSomeText() throws IOException {
        // when
        Heard heard = with.ask("sim/2-tokens+2-tool-calls", true, true);

        // then
        assertThat(with.texts(heard)).hasSize(2);
        assertThat(with.calls(heard)).hasSize(2).allMatch(WEATHER::contains);
    }

    @Test
    void callsNoToolThatIsNotOffered() throws IOException {
        // when
        Heard heard = with.stream("sim/1-tool-call");

        // then
        assertThat(with.calls(heard)).isEmpty();
        assertThat(with.finishes(heard)).containsExactly(client.stop());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 408, 429, 500, 503, 529})
    void anErrorStatusHasTheProvidersOwnBody(int status) throws IOException {
        // when
        Heard heard = with.stream("sim/status-" + status);

        // then
        assertThat(heard.status()).isEqualTo(status);
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
        assertThat(heard.text()).contains(Fault.SECRET_MARKER);
        assertThat(client.error(Conversations.answered(heard)))
                .isEqualTo(client.usualError(status));
        assertThat(client.wait(Conversations.answered(heard))).isEmpty();
    }

    @Test
    void aRateLimitSaysHowLongToWaitInTheProvidersOwnWay() throws IOException {
        // when
        Heard heard = with.stream("sim/status-429-retry-after-7");

        // then
        assertThat(heard.status()).isEqualTo(429);
        assertThat(client.wait(Conversations.answered(heard))).isEqualTo("7");
    }

    @Test
    void theHeaderDecidesBeforeTheModel() throws IOException {
        assertThat(with.ask("sim/ok", true, false, "x-simulator-script: status-503").status())
                .isEqualTo(503);
    }

    @Test
    void everyRequestThatIsWrongIsRefusedWithTheProvidersOwnError() throws IOException {
        // given
        String[] headers = client.headers().toArray(String[]::new);
        String route = with.path(client.route("m", true));

        // when
        List<Heard> refused =
                Stream.of("", "[]", "{", "{\"model\":\"m\"}", "{\"messages\":7}")
                        .map(body -> posted(route, body, headers))
                        .toList();

        // then
        assertThat(refused)
                .allSatisfy(heard -> {
                    assertThat(heard.status()).isEqualTo(400);
                    assertThat(client.error(Conversations.answered(heard)))
                            .isEqualTo(client.usualError(400));
                });
    }

    @Test
    void wantsToKnowWhoAsksWhereTheProviderDoes() throws IOException {
        // given
        String route = with.path(client.route("m", true));

        // when
        Heard heard = posted(route, client.request("m", true, false));

        // then
        if (client.headers().isEmpty()) {
            assertThat(heard.status()).isEqualTo(200);
        } else {
            assertThat(heard.status()).isIn(401, 403);
            assertThat(heard.text()).contains(Fault.SECRET_MARKER);
        }
    }

    @Test
    void saysWhichPartOfAScriptIsUnknown() throws IOException {
        // when
        Heard heard = with.stream("sim/ok+dance");

        // then
        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.text()).contains("'dance'");
    }

    @Test
    void eventsAreSplitIntoSmallPackets() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+split-events-5-bytes");

        // then
        assertThat(heard.packets()).allMatch(packet -> packet.length >= 1 && packet.length <= 5);
        assertThat(with.texts(heard)).hasSize(3);
    }

    @Test
    void allEventsComeInOnePacket() throws IOException {
        // when
        Heard heard = with.stream("sim/9-tokens-1ms+joined-events");

        // then
        assertThat(heard.packets()).hasSize(1);
        assertThat(with.texts(heard)).hasSize(9);
    }

    @Test
    void aCharacterIsSplitOverTwoPackets() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+split-utf8");

        // then
        assertThat(heard.packets()).anyMatch(packet -> (packet[0] & 0xC0) == 0x80);
        assertThat(with.texts(heard).getFirst()).endsWith("☉").doesNotContain("\uFFFD");
    }

    @Test
    void linesMayEndWithCarriageReturns() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+crlf");

        // then
        assertThat(with.texts(heard)).hasSize(3);
        assertThat(with.isEnded(heard)).isTrue();
        assertThat(heard.text().contains("\r\n\r\n"))
                .isEqualTo(client.streamType().startsWith("text/"));
    }

    private Heard posted(String route, String body, String... headers) {
        try (RawCall call = RawCall.post(simulator, route, body, headers)) {
            return call.readAll();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
