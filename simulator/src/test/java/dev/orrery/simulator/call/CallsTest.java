package dev.orrery.simulator.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @Test
    void countsMoreCallsThanItKeeps() {
        // given
        Calls calls = new Calls(CLOCK);

        // when
        for (int i = 0; i < 2_500; i++) {
            calls.begin("m", received(0));
        }

        // then
        assertThat(calls.count("m")).isEqualTo(2_500);
        assertThat(calls.of("m")).hasSize(2_000);
    }

    @Test
    void keepsNoMoreBytesThanItMay() {
        // given
        Calls calls = new Calls(CLOCK);

        // when
        for (int i = 0; i < 10; i++) {
            calls.begin("m", received(8 << 20));
        }

        // then
        assertThat(calls.all()).hasSize(4);
        assertThat(calls.count()).isEqualTo(10);
    }

    @Test
    void countsTargetsWithoutBoundTogether() {
        // given
        Calls calls = new Calls(CLOCK);

        // when
        for (int i = 0; i < 10_005; i++) {
            calls.begin("m" + i, received(0));
        }

        // then
        assertThat(calls.count("other")).isEqualTo(5);
        assertThat(calls.count()).isEqualTo(10_005);
    }

    @Test
    void endsACallOnce() {
        // given
        Call call = new Calls(CLOCK).begin("m", received(0));
        call.end(CallState.CANCELLED);

        // when
        call.end(CallState.ANSWERED);

        // then
        assertThat(call.state()).isEqualTo(CallState.CANCELLED);
    }

    @Test
    void beginsAnew() {
        // given
        Calls calls = new Calls(CLOCK);
        calls.begin("m", received(5));

        // when
        calls.forget();

        // then
        assertThat(calls.count()).isZero();
        assertThat(calls.all()).isEmpty();
        assertThat(calls.count("m")).isZero();
    }

    private static Received received(int bytes) {
        return new Received("POST", "/", "", Map.of(), new byte[bytes]);
    }
}
