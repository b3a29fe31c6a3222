package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.wire.Client;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way in which a stream can break or fall silent, with every provider, as a client that knows
 * the provider's documents reads it from the wire.
 */
@ParameterizedClass
@MethodSource("clients")
class ProviderFaultsTest extends EveryProvider {

    ProviderFaultsTest(Client client) {
        super(client);
    }

    @Test
    void theConnectionIsResetBeforeAnyHeader() throws IOException {
        // when
        Heard heard = with.stream("sim/reset");

        // then
        assertThat(heard.end()).isEqualTo(End.RESET);
        assertThat(heard.status()).isZero();
        assertThat(state("sim/reset")).isEqualTo(CallState.CUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim/hang", "sim/headers-after-60s", "sim/first-token-after-60s"})
    void nothingIsSaidUntilTheClientLeaves(String model) throws IOException {
        // given
        RawCall call = with.begin(model, true, false);
        await().until(() -> calls().count(model) == 1);
        assertThat(state(model)).isEqualTo(CallState.OPEN);

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
    void whoeverFollowsARedirectIsCounted() throws IOException {
        // given
        Heard redirect = with.stream("sim/redirect");
        assertThat(redirect.status()).isEqualTo(307);
        String location = redirect.headers().getOrDefault("location", "");
        assertThat(location).endsWith("/redirected");
        assertThat(calls().count("redirected")).isZero();

        // when
        try (RawCall followed = RawCall.post(simulator, location, "{}")) {
            followed.readAll();
        }

        // then
        assertThat(calls().count("redirected")).isEqualTo(1);
    }

    @Test
    void theSocketClosesInTheMiddle() throws IOException {
        // when
        Heard heard = with.stream("sim/20-tokens+cut-after-5");

        // then
        assertThat(heard.end()).isEqualTo(End.CUT);
        assertThat(with.texts(heard)).hasSize(5);
        assertThat(with.finishes(heard)).isEmpty();
        assertThat(state("sim/20-tokens+cut-after-5")).isEqualTo(CallState.CUT);
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
        assertThat(state(model)).isEqualTo(CallState.OPEN);

        // when
        call.close();

        // then
        await().until(() -> state(model) == CallState.CANCELLED);
    }

    @Test
    void signsOfLifeKeepASilentStreamOpen() throws IOException {
        // given
        String model = "sim/silence-after-1-keep-alive-5ms";
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (RawCall call = with.begin(model, true, false)) {
            call.readHead();

            // when
            while (client.signsOfLife(stream.toByteArray()) < 4) {
                read(call, stream);
            }
        }

        // then
        assertThat(texts(stream)).isEqualTo(1);
        await().until(() -> state(model) == CallState.CANCELLED);
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
        return calls().of(model).getLast().state();
    }
}
