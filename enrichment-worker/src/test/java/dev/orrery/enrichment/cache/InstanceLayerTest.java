package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class InstanceLayerTest {

    private static final Instant NOW = Instant.parse("2026-07-16T10:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InstanceLayer layer =
            new InstanceLayer(DataSize.ofKilobytes(64), Duration.ofMinutes(10), meters);

    @Test
    void tellsHowMuchItHolds() {
        // given
        keep(1, "a".repeat(1_000));

        // when
        keep(2, "म".repeat(1_000)); // two bytes each

        // then
        assertThat(gauge("entries")).isEqualTo(2);
        await().untilAsserted(
                        () -> assertThat(gauge("bytes")).isEqualTo(512 + 1_000 + 512 + 2_000));
        assertThat(gauge("bytes.max")).isEqualTo(64 * 1024);
    }

    @Test
    void staysWithinItsBoundHoweverMuchItIsTold() {
        // when
        for (int i = 0; i < 1_000; i++) {
            keep(i, "a".repeat(1_000));
        }

        // then
        await().untilAsserted(() -> assertThat(gauge("bytes")).isLessThanOrEqualTo(64 * 1024));
        assertThat(gauge("entries")).isPositive();
    }

    private void keep(int number, String text) {
        layer.keep(Key.of("note", 1, () -> "note " + number), new Stored(text, NOW, null)).block();
    }

    private double gauge(String what) {
        return meters.get("orrery.enrichment.memory." + what).gauge().value();
    }
}
