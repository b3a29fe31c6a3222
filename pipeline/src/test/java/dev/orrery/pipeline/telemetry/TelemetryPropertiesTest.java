package dev.orrery.pipeline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.http.PlainHttp;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TelemetryPropertiesTest {

    private static final TelemetryProperties.Langfuse NO_LANGFUSE =
            new TelemetryProperties.Langfuse("", "", "");

    @Test
    void collectNothingByDefault() {
        // when
        var properties = bound(Map.of());

        // then
        assertThat(properties)
                .isEqualTo(
                        new TelemetryProperties(
                                "",
                                "",
                                PlainHttp.REFUSED,
                                NO_LANGFUSE,
                                Capture.LENGTHS,
                                8_000,
                                UserIds.PLAIN,
                                "",
                                4_096,
                                512,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(3)));
        assertThat(Collector.of(properties)).isEmpty();
    }

    @Test
    void areSetKeyByKey() {
        // given
        var keys =
                Map.ofEntries(
                        Map.entry("orrery.telemetry.endpoint", "http://collector:4318"),
                        Map.entry("orrery.telemetry.headers", "a=b"),
                        Map.entry("orrery.telemetry.plain-http", "allowed"),
                        Map.entry("orrery.telemetry.langfuse.host", "https://langfuse.example"),
                        Map.entry("orrery.telemetry.langfuse.public-key", "pk"),
                        Map.entry("orrery.telemetry.langfuse.secret-key", "sk"),
                        Map.entry("orrery.telemetry.capture", "text"),
                        Map.entry("orrery.telemetry.capture-chars", "100"),
                        Map.entry("orrery.telemetry.user-ids", "hashed"),
                        Map.entry("orrery.telemetry.environment", "production"),
                        Map.entry("orrery.telemetry.queue", "20"),
                        Map.entry("orrery.telemetry.batch", "10"),
                        Map.entry("orrery.telemetry.interval", "2s"),
                        Map.entry("orrery.telemetry.export-limit", "4s"),
                        Map.entry("orrery.telemetry.flush", "0s"));

        // when
        var properties = bound(keys);

        // then
        assertThat(properties)
                .isEqualTo(
                        new TelemetryProperties(
                                "http://collector:4318",
                                "a=b",
                                PlainHttp.ALLOWED,
                                new TelemetryProperties.Langfuse(
                                        "https://langfuse.example", "pk", "sk"),
                                Capture.TEXT,
                                100,
                                UserIds.HASHED,
                                "production",
                                20,
                                10,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(4),
                                Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "queue, 0",
        "queue, 100001",
        "batch, 4097",
        "capture-chars, 0",
        "interval, 0s",
        "export-limit, 0s",
        "flush, -1s"
    })
    void areBounded(String key, String value) {
        assertThatThrownBy(() -> bound(Map.of("orrery.telemetry." + key, value)))
                .rootCause()
                .hasMessageStartingWith("orrery.telemetry." + key + ": ");
    }

    @Test
    void takeLangfuseWholeOrNotAtAll() {
        // given
        var keys =
                Map.of(
                        "orrery.telemetry.langfuse.host", "https://langfuse.example",
                        "orrery.telemetry.langfuse.secret-key", "sk-secret");

        // when / then
        assertThatThrownBy(() -> bound(keys))
                .rootCause()
                .hasMessageContaining("host, public-key and secret-key")
                .hasMessageNotContaining("sk-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collector:4318",
                "ftp://collector",
                "http://user:secret@collector",
                "http://collector?key=secret",
                "http://"
            })
    void refuseAnAddressThatIsNone(String endpoint) {
        // given
        var properties = bound(Map.of("orrery.telemetry.endpoint", endpoint));

        // when / then
        assertThatThrownBy(() -> Collector.of(properties))
                .hasMessageStartingWith("orrery.telemetry.endpoint: ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "http://langfuse:3000",
        "http://10.0.0.7",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example"
    })
    void sendNoKeyInTheClearBeyondThisMachine(String address) {
        // given
        var otlp = with(address, "x-key=secret", "refused");
        var langfuse = langfuse(address, "refused");

        // when / then
        assertThatThrownBy(() -> Collector.of(otlp))
                .hasMessage(
                        "orrery.telemetry.endpoint: keys would go to "
                                + address
                                + " in the clear (expected: https, http on this machine, or"
                                + " orrery.telemetry.plain-http: allowed)");
        assertThatThrownBy(() -> Collector.of(langfuse))
                .hasMessageStartingWith("orrery.telemetry.langfuse.host: keys would go to ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, refused",
        "http://127.0.0.1:3000, refused",
        "http://[::1]:3000, refused",
        "https://langfuse:3000, refused",
        "http://langfuse:3000, allowed"
    })
    void sendKeysWhereNobodyListensOrThatIsWanted(String address, String plainHttp) {
        // given
        var otlp = with(address, "x-key=secret", plainHttp);
        var langfuse = langfuse(address, plainHttp);

        // when / then
        assertThat(Collector.of(otlp)).hasSize(1);
        assertThat(Collector.of(langfuse)).hasSize(1);
    }

    @Test
    void sendSpansInTheClearWhereNoKeyGoesWithThem() {
        assertThat(Collector.of(with("http://collector:4318", "", "refused"))).hasSize(1);
    }

    private static TelemetryProperties with(String endpoint, String headers, String plainHttp) {
        return bound(
                Map.of(
                        "orrery.telemetry.endpoint", endpoint,
                        "orrery.telemetry.headers", headers,
                        "orrery.telemetry.plain-http", plainHttp));
    }

    private static TelemetryProperties langfuse(String host, String plainHttp) {
        return bound(
                Map.of(
                        "orrery.telemetry.langfuse.host",
                        host,
                        "orrery.telemetry.langfuse.public-key",
                        "pk",
                        "orrery.telemetry.langfuse.secret-key",
                        "secret",
                        "orrery.telemetry.plain-http",
                        plainHttp));
    }

    @Test
    void takeAnAddressWithAndWithoutItsEnd() {
        assertThat(urlOf("http://collector:4318")).isEqualTo("http://collector:4318/v1/traces");
        assertThat(urlOf("http://collector:4318/v1/traces"))
                .isEqualTo("http://collector:4318/v1/traces");
        assertThat(urlOf("https://host/otlp/")).isEqualTo("https://host/otlp/v1/traces");
    }

    @Test
    void tellNoKeyWhenTheyArePrinted() {
        // given
        var properties =
                bound(
                        Map.of(
                                "orrery.telemetry.endpoint", "https://collector",
                                "orrery.telemetry.headers", "x-key=secret",
                                "orrery.telemetry.langfuse.host", "https://langfuse.example",
                                "orrery.telemetry.langfuse.public-key", "pk",
                                "orrery.telemetry.langfuse.secret-key", "secret"));

        // when
        var printed = properties + " " + Collector.of(properties);

        // then
        assertThat(printed)
                .contains("https://collector", "https://langfuse.example")
                .doesNotContain("secret", "Basic");
    }

    private static String urlOf(String endpoint) {
        return Collector.of(bound(Map.of("orrery.telemetry.endpoint", endpoint))).getFirst().url();
    }

    private static TelemetryProperties bound(Map<String, String> keys) {
        return new Binder(new MapConfigurationPropertySource(keys))
                .bindOrCreate("orrery.telemetry", TelemetryProperties.class);
    }
}
