package dev.orrery.pipeline.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.consume.GroupProtocol;
import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.fallback.FallbackSettings;
import dev.orrery.pipeline.fallback.RegionTable;
import dev.orrery.pipeline.serde.AvroDeserializer;
import dev.orrery.pipeline.serde.AvroSerializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Every record of settings: its defaults, and every key mapped. */
class PropertiesTest {

    @Test
    void gatewayIsNoneByDefault() {
        // when
        var gateway = bound("orrery.gateway", GatewayProperties.class, Map.of());

        // then
        assertThat(gateway)
                .isEqualTo(
                        new GatewayProperties(
                                null,
                                null,
                                "dev-orrery",
                                false,
                                Duration.ofSeconds(60),
                                false,
                                Duration.ofSeconds(60)));
        assertThat(gateway.access("test")).isEmpty();
    }

    @Test
    void gatewayIsSetKeyByKeyAndHidesItsKey() {
        // given
        var keys =
                Map.of(
                        "orrery.gateway.url", "http://gateway:8080",
                        "orrery.gateway.key", "a-key-of-thirty-two-bytes-at-least!",
                        "orrery.gateway.app-identifier", "app",
                        "orrery.gateway.plain-http", "true",
                        "orrery.gateway.patience", "9s",
                        "orrery.gateway.sign-bodies", "true",
                        "orrery.gateway.body-token-life", "30s");

        // when
        var gateway = bound("orrery.gateway", GatewayProperties.class, keys);

        // then
        assertThat(gateway)
                .isEqualTo(
                        new GatewayProperties(
                                "http://gateway:8080",
                                "a-key-of-thirty-two-bytes-at-least!",
                                "app",
                                true,
                                Duration.ofSeconds(9),
                                true,
                                Duration.ofSeconds(30)));
        assertThat(gateway.access("test").orElseThrow().service()).isEqualTo("test");
        assertThat(gateway.toString()).doesNotContain("thirty-two");
    }

    @Test
    void gatewayIsWaitedForSomeTime() {
        assertThatThrownBy(() ->
                        bound(
                                "orrery.gateway",
                                GatewayProperties.class,
                                Map.of("orrery.gateway.patience", "0s")))
                .rootCause()
                .hasMessageContaining("orrery.gateway.patience: PT0S (expected: above 0)");
    }

    @Test
    void kafkaHasDefaults() {
        assertThat(bound("orrery.kafka", KafkaProperties.class, Map.of()))
                .isEqualTo(
                        new KafkaProperties(
                                "localhost:9092",
                                Map.of(),
                                GroupProtocol.CLASSIC,
                                null,
                                AvroSerializer.class,
                                AvroDeserializer.class,
                                "none",
                                null,
                                1,
                                Duration.ofSeconds(60)));
    }

    @Test
    void kafkaIsSetKeyByKey() {
        // given
        var keys =
                Map.ofEntries(
                        Map.entry("orrery.kafka.bootstrap-servers", "kafka:9092"),
                        Map.entry("orrery.kafka.client[security.protocol]", "SASL_SSL"),
                        Map.entry("orrery.kafka.group-protocol", "consumer"),
                        Map.entry("orrery.kafka.instance-id", "worker-0"),
                        Map.entry("orrery.kafka.serializer", StringSerializer.class.getName()),
                        Map.entry("orrery.kafka.deserializer", StringDeserializer.class.getName()),
                        Map.entry("orrery.kafka.compression", "lz4"),
                        Map.entry("orrery.kafka.partitions", "24"),
                        Map.entry("orrery.kafka.replication-factor", "3"),
                        Map.entry("orrery.kafka.patience", "5s"));

        // when
        var kafka = bound("orrery.kafka", KafkaProperties.class, keys);

        // then
        assertThat(kafka)
                .isEqualTo(
                        new KafkaProperties(
                                "kafka:9092",
                                Map.of("security.protocol", "SASL_SSL"),
                                GroupProtocol.CONSUMER,
                                "worker-0",
                                StringSerializer.class,
                                StringDeserializer.class,
                                "lz4",
                                24,
                                3,
                                Duration.ofSeconds(5)));
        assertThat(kafka.clientSettings())
                .isEqualTo(
                        Map.of(
                                "security.protocol", "SASL_SSL",
                                "bootstrap.servers", "kafka:9092"));
    }

    @Test
    void aStageHasDefaults() {
        assertThat(bound("orrery.stage", StageProperties.class, Map.of()))
                .isEqualTo(
                        new StageProperties(
                                64, 10_000, Duration.ofSeconds(5), Duration.ofSeconds(60)));
    }

    @Test
    void aStageIsSetKeyByKey() {
        // given
        var keys =
                Map.of(
                        "orrery.stage.concurrency", "7",
                        "orrery.stage.window", "500",
                        "orrery.stage.drain", "1s",
                        "orrery.stage.oldest-open-limit", "10s");

        // when
        var stage = bound("orrery.stage", StageProperties.class, keys);

        // then
        assertThat(stage)
                .isEqualTo(
                        new StageProperties(7, 500, Duration.ofSeconds(1), Duration.ofSeconds(10)));
    }

    @Test
    void aStageDoesNotDrainForLongerThanItsRecordsMayBeOpen() {
        // given
        var keys = Map.of("orrery.stage.drain", "60s", "orrery.stage.oldest-open-limit", "60s");

        // when / then
        assertThatThrownBy(() -> bound("orrery.stage", StageProperties.class, keys))
                .hasRootCauseMessage(
                        "orrery.stage.drain: PT1M (expected: less than oldest-open-limit PT1M)");
    }

    @Test
    void theDatabaseHasDefaultsAndKeepsItsPasswordToItself() {
        // given
        var keys = Map.of("orrery.database.password", "hunter2");

        // when
        var database = bound("orrery.database", DatabaseProperties.class, keys);

        // then
        assertThat(database)
                .isEqualTo(
                        new DatabaseProperties(
                                true,
                                "postgresql://localhost:5432/orrery",
                                "orrery",
                                "hunter2",
                                8));
        assertThat(database.toString()).doesNotContain("hunter2");
    }

    @Test
    void theDatabaseIsSetKeyByKey() {
        // given
        var keys =
                Map.of(
                        "orrery.database.enabled", "false",
                        "orrery.database.url", "postgresql://db:5432/chat",
                        "orrery.database.user", "orrery_llm",
                        "orrery.database.password", "secret",
                        "orrery.database.pool-size", "20");

        // when
        var database = bound("orrery.database", DatabaseProperties.class, keys);

        // then
        assertThat(database)
                .isEqualTo(
                        new DatabaseProperties(
                                false, "postgresql://db:5432/chat", "orrery_llm", "secret", 20));
    }

    @Test
    void theRegistryAndTurnsAreSetKeyByKey() {
        // given
        var keys = Map.of("orrery.registry.url", "http://registry:8081", "orrery.turn.lease", "2s");

        // when
        var registry = bound("orrery.registry", RegistryProperties.class, keys);
        var turn = bound("orrery.turn", TurnProperties.class, keys);

        // then
        assertThat(registry).isEqualTo(new RegistryProperties("http://registry:8081"));
        assertThat(turn).isEqualTo(new TurnProperties(Duration.ofSeconds(2)));
        assertThat(bound("orrery.registry", RegistryProperties.class, Map.of()))
                .isEqualTo(new RegistryProperties("http://localhost:8081"));
        assertThat(bound("orrery.turn", TurnProperties.class, Map.of()))
                .isEqualTo(new TurnProperties(Duration.ofSeconds(5)));
    }

    @Test
    void fallbacksHaveDefaults() {
        // when
        var fallback = bound("orrery.fallback", FallbackProperties.class, Map.of());

        // then
        assertThat(fallback)
                .isEqualTo(
                        new FallbackProperties(
                                "gemini/gemini-2.0-flash",
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(60),
                                Map.of()));
        assertThat(fallback.settings()).isEqualTo(FallbackSettings.DEFAULT);
    }

    @Test
    void fallbacksAreSetKeyByKey() {
        // given
        var keys =
                Map.of(
                        "orrery.fallback.universal", "openrouter/meta/llama",
                        "orrery.fallback.refresh", "1s",
                        "orrery.fallback.read-time-limit", "2s",
                        "orrery.fallback.patience", "3s",
                        "orrery.fallback.regions.bedrock.default-region", "eu-west-1",
                        "orrery.fallback.regions.bedrock.fallback-regions", "eu-west-3,eu-north-1",
                        "orrery.fallback.regions.bedrock.countries.eu-north-1", "SE,FI",
                        "orrery.fallback.regions.vertex.default-region", "us-central1");

        // when
        var fallback = bound("orrery.fallback", FallbackProperties.class, keys);

        // then
        assertThat(fallback)
                .returns(Duration.ofSeconds(1), FallbackProperties::refresh)
                .returns(Duration.ofSeconds(2), FallbackProperties::readTimeLimit)
                .returns(Duration.ofSeconds(3), FallbackProperties::patience);
        assertThat(fallback.settings())
                .isEqualTo(
                        new FallbackSettings(
                                ChainStep.of("openrouter", "meta/llama"),
                                Map.of(
                                        "bedrock",
                                        new RegionTable(
                                                "eu-west-1",
                                                List.of("eu-west-3", "eu-north-1"),
                                                Map.of("eu-north-1", List.of("SE", "FI"))),
                                        "vertex",
                                        new RegionTable("us-central1", List.of(), Map.of()))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    universal       | gemini  | gemini (expected: provider/model, for example gemini/gemini-2.0-flash)
                    universal       | /m      | /m (expected: provider/model, for example gemini/gemini-2.0-flash)
                    universal       | gemini/ | gemini/ (expected: provider/model, for example gemini/gemini-2.0-flash)
                    refresh         | 0s      | PT0S (expected: above 0)
                    read-time-limit | 0s      | PT0S (expected: above 0)
                    patience        | -1s     | PT-1S (expected: above 0)
                    """)
    void fallbacksAreRefusedWhenTheyMakeNoSense(String key, String value, String message) {
        assertThatThrownBy(() ->
                        bound(
                                "orrery.fallback",
                                FallbackProperties.class,
                                Map.of("orrery.fallback." + key, value)))
                .hasRootCauseMessage("orrery.fallback." + key + ": " + message);
    }

    @Test
    void regionsAreRefusedWithoutADefault() {
        // given
        var keys = Map.of("orrery.fallback.regions.vertex.fallback-regions", "us-central1");

        // then
        assertThatThrownBy(() -> bound("orrery.fallback", FallbackProperties.class, keys))
                .hasRootCauseMessage(
                        "orrery.fallback.regions.default-region: nothing (expected: the name of a region)");
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, String> keys) {
        return new Binder(new MapConfigurationPropertySource(keys)).bindOrCreate(prefix, type);
    }
}
