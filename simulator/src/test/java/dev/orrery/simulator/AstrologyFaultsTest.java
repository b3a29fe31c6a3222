package dev.orrery.simulator;

import static dev.orrery.simulator.AstrologyCaller.BIRTH;
import static dev.orrery.simulator.AstrologyCaller.basic;
import static dev.orrery.simulator.AstrologyCaller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.CallState;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** AstrologyAPI.com on the wire: who may ask, what scripts make of the answers, and faults. */
class AstrologyFaultsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static Simulator simulator;
    private static AstrologyCaller caller;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
        caller = new AstrologyCaller(simulator);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.reset();
    }

    @Test
    void wantsCredentials() throws IOException {
        // when
        Heard heard;
        try (RawCall call = RawCall.post(simulator, "/astrology/v1/planets", BIRTH)) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.status()).isEqualTo(401);
        assertThat(json(heard).path("status").asBoolean(true)).isFalse();
    }

    @Test
    void takesAKeyInAHeaderOfItsOwn() throws IOException {
        // when
        Heard heard;
        try (RawCall call =
                RawCall.post(
                        simulator, "/astrology/v1/planets", BIRTH, "x-astrologyapi-key: any")) {
            heard = call.readAll();
        }

        // then
        assertThat(json(heard)).hasSize(10);
    }

    @Test
    void countsCallsByEndpoint() throws IOException {
        // when
        caller.ask("planets");
        caller.ask("planets");
        caller.ask("horo_chart/D9");

        // then
        assertThat(simulator.astrology().calls().count("planets")).isEqualTo(2);
        assertThat(simulator.astrology().calls().count("horo_chart/D9")).isEqualTo(1);
        assertThat(simulator.astrology().calls().count()).isEqualTo(3);
    }

    @Test
    void playsAScriptForTheNextCallsOnly() throws IOException {
        // given
        simulator.astrology().scriptNext("status-429-retry-after-1", "status-500");

        // when
        List<Integer> statuses =
                List.of(
                        caller.call("planets", BIRTH).status(),
                        caller.call("astro_details", BIRTH).status(),
                        caller.call("planets", BIRTH).status());

        // then
        assertThat(statuses).containsExactly(429, 500, 200);
    }

    @Test
    void playsAScriptForOneEndpoint() throws IOException {
        // given
        simulator.astrology().scriptTarget("current_vdasha", "html");

        // then
        assertThat(caller.call("current_vdasha", BIRTH).text()).startsWith("<!DOCTYPE html>");
        assertThat(caller.call("planets", BIRTH).status()).isEqualTo(200);
    }

    @Test
    void takesAScriptFromTheUserId() throws IOException {
        // when
        Heard heard;
        try (RawCall call =
                RawCall.post(
                        simulator, "/astrology/v1/planets", BIRTH, basic("sim/status-503:key"))) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.status()).isEqualTo(503);
        assertThat(json(heard).path("status").asBoolean(true)).isFalse();
    }

    @Test
    void hangsUntilTheClientLeaves() throws IOException {
        // given
        simulator.astrology().script("hang");
        RawCall call = caller.begin("planets", BIRTH);
        await().until(() -> simulator.astrology().calls().count("planets") == 1);

        // when
        call.close();

        // then
        await().until(() ->
                simulator.astrology().calls().of("planets").getLast().state()
                        == CallState.CANCELLED);
    }

    @Test
    void spoilsItsAnswersInEveryWay() throws IOException {
        assertThat(faulty("html").text()).startsWith("<!DOCTYPE html>");
        assertThat(json(faulty("error-first")).path("status").asBoolean(true)).isFalse();
        assertThat(faulty("cut-after-1").end()).isEqualTo(End.CUT);
        assertThat(faulty("reset").end()).isEqualTo(End.RESET);
        assertThatThrownBy(() -> json(faulty("broken-event-after-0")))
                .isInstanceOf(JacksonException.class);
        assertThat(json(faulty("empty-choices"))).isEmpty();
        assertThat(json(faulty("missing-keys")))
                .hasSize(10)
                .allSatisfy(planet -> assertThat(planet).isEmpty());
        assertThat(json(faulty("null-content")))
                .allSatisfy(planet -> assertThat(planet.path("sign").isNull()).isTrue());
        assertThat(faulty("invalid-utf8").bytes()).contains((byte) 0xFF);
        assertThat(faulty("enormous-event-32-kib").bytes().length).isGreaterThan(32 << 10);
        assertThat(faulty("wrong-content-type").headers().get("content-type"))
                .startsWith("text/plain");
        assertThat(faulty("split-events-9-bytes").packets().size()).isGreaterThan(50);
    }

    @Test
    void knowsNoOtherEndpointAndNoOtherMethod() throws IOException {
        assertThat(caller.call("tarot", BIRTH).status()).isEqualTo(404);
        try (RawCall call =
                RawCall.send(simulator, "GET", "/astrology/v1/planets", "", basic("user:key"))) {
            assertThat(call.readAll().status()).isEqualTo(404);
        }
    }

    private static Heard faulty(String script) throws IOException {
        simulator.astrology().scriptNext(script);
        return caller.call("planets", BIRTH);
    }
}
