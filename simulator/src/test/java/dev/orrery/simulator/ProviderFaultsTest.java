package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.wire.Client;
import dev.orrery.simulator.wire.Clients;
import dev.orrery.simulator.wire.Spent;
import dev.orrery.simulator.wire.Told;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every fault a stream can have, with every provider, as a client that knows the provider's
 * documents reads it from the wire.
 */
@ParameterizedClass
@MethodSource("clients")
class ProviderFaultsTest {

    /** Eight words, and four tokens for the frame of the message. */
    private static final int PROMPT = 12;

    private static Simulator simulator;

    private final Client client;

    private final Conversations with;

    ProviderFaultsTest(Client client) {
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
        assertThat(with.finishes(with.stream("sim/4-tokens+finish-TIRED")))
                .containsExactly("TIRED");
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
                with.events(heard).stream()
                        .dropWhile(event -> client.finish(event) == null)
                        .toList();
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
    void aByteOfTheTextIsNoUtf8() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+invalid-utf8");

        // then
        assertThat(with.texts(heard)).hasSize(3).first().asString().endsWith("\uFFFD");
        assertThat(with.isEnded(heard)).isTrue();
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
