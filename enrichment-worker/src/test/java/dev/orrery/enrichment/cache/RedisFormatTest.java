package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RedisFormatTest {

    private static final Instant FETCHED = Instant.parse("2026-07-16T10:00:00.123Z");
    private static final Stored STORED =
            new Stored("{\"text\":\"नमस्ते\"}", FETCHED, FETCHED.plusSeconds(60));

    @Test
    void readsWhatItWrote() {
        // given
        var bytes = RedisFormat.encode(STORED);

        // when
        var decoded = RedisFormat.decode(bytes);

        // then
        assertThat(decoded).isEqualTo(STORED);
    }

    @Test
    void remembersThatSomethingIsFreshForEver() {
        // given
        var bytes = RedisFormat.encode(new Stored("{}", FETCHED, null));

        // when
        var decoded = RedisFormat.decode(bytes);

        // then
        assertThat(decoded.freshUntil()).isNull();
    }

    @Test
    void noticesEveryChangedBit() {
        // given
        var bytes = RedisFormat.encode(STORED);

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            var damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            // when
            Runnable decode = () -> RedisFormat.decode(damaged);

            // then
            assertThatThrownBy(decode::run).as("bit %d", bit).isInstanceOf(Garbage.class);
        }
    }

    @Test
    void noticesWhatWasCutOff() {
        // given
        var bytes = RedisFormat.encode(STORED);

        for (int length = 0; length < bytes.length; length++) {
            var damaged = Arrays.copyOf(bytes, length);

            // when
            Runnable decode = () -> RedisFormat.decode(damaged);

            // then
            assertThatThrownBy(decode::run).as("%d bytes", length).isInstanceOf(Garbage.class);
        }
    }
}
