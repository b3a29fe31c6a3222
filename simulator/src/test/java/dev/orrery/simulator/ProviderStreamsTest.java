package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.wire.Called;
import dev.orrery.simulator.wire.Client;
import dev.orrery.simulator.wire.Clients;
import dev.orrery.simulator.wire.Spent;
import dev.orrery.simulator.wire.Told;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/**
 * Every fault a stream can have, with every provider, as a client that knows the provider's
 * documents reads it from the wire.
 */
@ParameterizedClass
@MethodSource("clients")
class ProviderStreamsTest {

    /** Eight words, and four tokens for the frame of the message. */
    private static final int PROMPT = 12;

    private static final List<Called> WEATHER =
            List.of(new Called("get_weather", "{\"city\":\"simulated\",\"days\":1}"));

    private static Simulator simulator;

    private final Client client;

    private final Conversations with;

    ProviderStreamsTest(Client client) {
        this.client = client;
        this.with = new Conversations(simulator, client);
    }

    static List<Client> clients() {
        return Clients.all();
    }

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
    }

    @AfterAll
    static void stop() {
        simulator.close();
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
        assertThat(state("sim/7-tokens")).isEqualTo(CallState.ANSWERED);
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
        assertThat(heard.text()).contains(Fault.SECRET_MARKER);
        assertThat(client.error(Conversations.answered(heard))).isEqualTo(client.usualError(status));
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
    void theConnectionIsResetBeforeAnyHeader() throws IOException {
        assertThat(with.stream("sim/reset").end()).isEqualTo(End.RESET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim/hang", "sim/headers-after-60s", "sim/first-token-after-60s"})
    void nothingIsSaidUntilTheClientLeaves(String model) throws IOException {
        // given
        RawCall call = with.begin(model, true, false);
        await().until(() -> simulator.service(client.provider()).calls().count(model) == 1);

        // when
        call.close();

        // then
        await().until(() -> state(model) == CallState.CANCELLED);
    }

    @Test
    void aPageForPeopleComesWithStatus200() throws IOException {
        // when
        Heard heard = with.stream("sim/html");

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.headers().get("content-type")).startsWith("text/html");
        assertThat(heard.text()).startsWith("<!DOCTYPE html>").contains(Fault.SECRET_MARKER);
    }

    @Test
    void aRedirectLeadsToAPlaceThatCounts() throws IOException {
        // when
        Heard heard = with.stream("sim/redirect");

        // then
        assertThat(heard.status()).isEqualTo(307);
        assertThat(heard.headers().get("location")).endsWith("/redirected");
    }

    @Test
    void theSocketClosesInTheMiddle() throws IOException {
        // when
        Heard heard = with.stream("sim/20-tokens+cut-after-5");

        // then
        assertThat(heard.end()).isEqualTo(End.CUT);
        assertThat(with.texts(heard)).hasSize(5);
        assertThat(with.finishes(heard)).isEmpty();
    }

    @Test
    void theBodyEndsWellWithoutAFinish() throws IOException {
        // when
        Heard heard = with.stream("sim/20-tokens+end-after-5");

        // then
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
        assertThat(with.texts(heard)).hasSize(5);
        assertThat(with.finishes(heard)).isEmpty();
        assertThat(with.spent(heard)).isEmpty();
        assertThat(with.isEnded(heard)).isFalse();
    }

    @Test
    void anErrorComesAfterSomeText() throws IOException {
        // when
        Heard heard = with.stream("sim/error-after-3");

        // then
        assertThat(with.texts(heard)).hasSize(3);
        assertThat(with.events(heard).getLast()).matches(client::isError);
        assertThat(heard.text()).contains(Fault.SECRET_MARKER);
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
        assertThat(with.isEnded(heard)).isFalse();
    }

    @Test
    void theFirstEventIsAnError() throws IOException {
        // when
        Heard heard = with.stream("sim/error-first");

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(with.events(heard)).hasSize(1).allMatch(client::isError);
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim/silence-after-2", "sim/silence-after-2-keep-alive-5s"})
    void silenceFollowsSomeTextUntilTheClientLeaves(String model) throws IOException {
        // given
        RawCall call = with.begin(model, true, false);
        call.readHead();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        while (texts(stream) < 2) {
            read(call, stream);
        }

        // when
        call.close();

        // then
        await().until(() -> state(model) == CallState.CANCELLED);
    }

    @Test
    void signsOfLifeKeepASilentStreamOpen() throws IOException {
        // given
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (RawCall call = with.begin("sim/silence-after-1-keep-alive-5ms", true, false)) {
            call.readHead();

            // when
            while (client.signsOfLife(stream.toByteArray()) < 4) {
                read(call, stream);
            }
        }

        // then
        assertThat(texts(stream)).isEqualTo(1);
    }

    @Test
    void oneEventBetweenGoodOnesCannotBeRead() throws IOException {
        // given
        Heard good = with.stream("sim/6-tokens");

        // when
        Heard heard = with.stream("sim/6-tokens+broken-event-after-2");

        // then
        assertThat(heard.packets()).hasSize(good.packets().size() + 1);
        assertThat(with.events(heard)).hasSameSizeAs(with.events(good));
        assertThat(with.texts(heard)).isEqualTo(with.texts(good));
        assertThat(with.isEnded(heard)).isTrue();
    }

    @Test
    void theReasonToFinishIsAnother() throws IOException {
        assertThat(with.finishes(with.stream("sim/4-tokens+finish-length")))
                .containsExactly(client.length());
        assertThat(with.finishes(with.stream("sim/4-tokens+finish-TIRED"))).containsExactly("TIRED");
    }

    @Test
    void aPromptIsRefused() throws IOException {
        // when
        Heard heard = with.stream("sim/blocked-prompt");

        // then
        assertThat(with.texts(heard)).isEmpty();
        assertThat(with.finishes(heard)).containsExactly(client.filtered());
    }

    @Test
    void onePieceOfTextIsEnormous() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+enormous-event-64-kib");

        // then
        assertThat(with.texts(heard)).hasSize(3).anyMatch(text -> text.length() >= 64 << 10);
        assertThat(with.finishes(heard)).containsExactly(client.stop());
    }

    @Test
    void eventsAreSplitIntoSmallPackets() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+split-events-5-bytes");

        // then
        assertThat(heard.packets()).allMatch(packet -> packet.length <= 5);
        assertThat(with.texts(heard)).hasSize(3);
    }

    @Test
    void allEventsComeInOnePacket() throws IOException {
        // when
        Heard heard = with.stream("sim/9-tokens+joined-events");

        // then
        assertThat(heard.packets()).hasSize(1);
        assertThat(with.texts(heard)).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty-answer", "null-content"})
    void aFinishComesWithoutAnyText(String fault) throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+" + fault);

        // then
        assertThat(with.texts(heard)).isEmpty();
        assertThat(with.finishes(heard)).containsExactly(client.stop());
        assertThat(with.isEnded(heard)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing-keys", "empty-choices"})
    void eventsLackWhatTheClientLooksFor(String fault) throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+" + fault);

        // then
        assertThat(with.events(heard)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(with.texts(heard)).isEmpty();
        assertThat(with.finishes(heard)).isEmpty();
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void tokensAreNotStatedAnywhere() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+no-usage");

        // then
        assertThat(with.spent(heard)).isEmpty();
        assertThat(heard.text())
                .doesNotContain("prompt_tokens", "put_tokens", "putTokens", "TokenCount");
        assertThat(with.isEnded(heard)).isTrue();
    }

    @Test
    void tokensAreStatedTwice() throws IOException {
        Spent spent = new Spent(PROMPT, 0, 3);
        assertThat(with.spent(with.stream("sim/3-tokens+usage-twice")))
                .containsExactly(spent, spent);
    }

    @Test
    void theFinishComesTwice() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+finish-twice");

        // then
        assertThat(with.finishes(heard)).containsExactly(client.stop(), client.stop());
        assertThat(with.spent(heard)).contains(new Spent(PROMPT, 0, 3));
    }

    @Test
    void moreTextComesAfterTheFinish() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+text-after-finish");

        // then
        List<Told> afterFinish =
                with.events(heard).stream().dropWhile(event -> client.finish(event) == null).toList();
        assertThat(afterFinish).anyMatch(event -> client.text(event) != null);
        assertThat(with.texts(heard)).hasSize(4);
    }

    @Test
    void aSignOfLifeStandsBeforeEveryPiece() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+comments");

        // then
        assertThat(client.signsOfLife(heard.bytes())).isGreaterThanOrEqualTo(3);
        assertThat(with.texts(heard)).hasSize(3);
    }

    @Test
    void theContentTypeIsWrong() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+wrong-content-type");

        // then
        assertThat(heard.headers().get("content-type")).startsWith("text/plain");
        assertThat(with.texts(heard)).hasSize(3);
    }

    @Test
    void aCharacterIsSplitOverTwoPackets() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+split-utf8");

        // then
        assertThat(heard.packets()).anyMatch(packet -> (packet[0] & 0xC0) == 0x80);
        assertThat(with.texts(heard).getFirst()).endsWith("☉");
    }

    @Test
    void aByteOfTheTextIsNoUtf8() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+invalid-utf8");

        // then
        assertThat(with.texts(heard)).hasSize(3).first().asString().endsWith("\uFFFD");
        assertThat(with.isEnded(heard)).isTrue();
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
        assertThat(refused).allSatisfy(heard -> {
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

    private Heard posted(String route, String body, String... headers) {
        try (RawCall call = RawCall.post(simulator, route, body, headers)) {
            return call.readAll();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private int texts(ByteArrayOutputStream stream) {
        return (int)
                client.events(stream.toByteArray()).stream()
                        .filter(event -> client.text(event) != null)
                        .count();
    }

    private static void read(RawCall call, ByteArrayOutputStream stream) throws IOException {
        byte[] chunk = call.readChunk();
        assertThat(chunk).as("an open stream").isNotNull();
        stream.writeBytes(chunk == null ? new byte[0] : chunk);
    }

    private CallState state(String model) {
        return simulator.service(client.provider()).calls().of(model).getLast().state();
    }
}
