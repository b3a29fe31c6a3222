package dev.orrery.pipeline.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.publish.ScratchTopics;
import dev.orrery.pipeline.serde.RegistryClient;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the real broker and registry, which keep what the first provisioning has made. */
class TopicProvisioningTest {

    private static final int PARTITIONS = 3;
    private static final String DEAD_LETTERS = "chat.requests.enrichment.dlt";

    private static RegistryClient registry;
    private static Admin admin;

    @BeforeAll
    static void provision() {
        registry = new RegistryClient(SharedServers.registry().url());
        admin = Admin.create(ScratchTopics.clientSettings());
        provisioning(PARTITIONS, DEAD_LETTERS).provision();
    }

    @AfterAll
    static void stop() {
        admin.close();
        registry.close();
    }

    @Test
    void makesEveryTopicOfTheCatalogueAsItSays() throws InterruptedException, ExecutionException {
        // given
        var names = Topics.all().stream().map(Topic::name).toList();

        // when
        var made = admin.describeTopics(names).allTopicNames().get();

        // then
        assertThat(made).hasSameSizeAs(names);
        assertThat(describe("chat.requests").partitions()).hasSize(PARTITIONS);
        assertThat(describe("ops.tuning").partitions()).hasSize(1);
        assertThat(configOf("chat.replies", TopicConfig.RETENTION_MS_CONFIG))
                .isEqualTo(Long.toString(Duration.ofHours(24).toMillis()));
        assertThat(configOf("billing.entries", TopicConfig.RETENTION_MS_CONFIG)).isEqualTo("-1");
        assertThat(configOf("ops.tuning", TopicConfig.CLEANUP_POLICY_CONFIG)).isEqualTo("compact");
    }

    @Test
    void makesTheDeadLettersOfTheAppsOwnStages() throws InterruptedException, ExecutionException {
        // given
        var names = List.of(DEAD_LETTERS);

        // when
        var made = admin.describeTopics(names).allTopicNames().get();

        // then
        assertThat(made).containsOnlyKeys(DEAD_LETTERS);
        assertThat(configOf(DEAD_LETTERS, TopicConfig.RETENTION_MS_CONFIG))
                .isEqualTo(Long.toString(Duration.ofDays(30).toMillis()));
    }

    @Test
    void registersEverySchemaUnderTheNameOfItsTopic() {
        // given
        var topic = Topics.CHAT_REQUESTS;

        // when
        int id = registry.idOf(topic.subject(), SpecificData.get().getSchema(topic.type()));

        // then
        assertThat(id).isPositive();
    }

    @Test
    void findsEverythingInOrderTheSecondTime() {
        // given
        var again = provisioning(PARTITIONS, DEAD_LETTERS);

        // when / then
        assertThatCode(again::provision).doesNotThrowAnyException();
    }

    @Test
    void refusesToGrowATopic() throws InterruptedException, ExecutionException {
        // given
        var larger = provisioning(PARTITIONS + 1, DEAD_LETTERS);

        // when / then
        assertThatThrownBy(larger::provision)
                .isInstanceOf(ProvisioningFailed.class)
                .hasMessageStartingWith(
                        "The number of partitions is part of the order of records and is never"
                                + " changed here. Set orrery.kafka.partitions to what exists")
                .hasMessageContaining("chat.requests: 3 (expected: 4)")
                .hasMessageContaining("chat.outcomes: 3 (expected: 4)");
        assertThat(describe("chat.requests").partitions()).hasSize(PARTITIONS);
    }

    @Test
    void refusesToShrinkATopic() {
        // given
        var smaller = provisioning(PARTITIONS - 1, DEAD_LETTERS);

        // when / then
        assertThatThrownBy(smaller::provision)
                .isInstanceOf(ProvisioningFailed.class)
                .hasMessageContaining("chat.requests: 3 (expected: 2)");
    }

    /** Nobody listens at the first, and the second is a name that nobody can resolve. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "256.256.256.256:9092"})
    void saysThatNobodyAnswered(String brokers) {
        // given
        var nowhere = Map.<String, Object>of("bootstrap.servers", brokers);
        var settings = new ProvisioningSettings(nowhere, null, 1, Duration.ofMillis(1));
        var provisioning = new TopicProvisioning(settings, registry, List.of());

        // when / then
        assertThatThrownBy(provisioning::provision)
                .isInstanceOf(ProvisioningFailed.class)
                .hasMessageContaining("did not answer within PT0.001S");
    }

    private static TopicProvisioning provisioning(
            @Nullable Integer partitions, String deadLetters) {
        var settings =
                new ProvisioningSettings(
                        ScratchTopics.clientSettings(), partitions, 1, Duration.ofSeconds(30));
        return new TopicProvisioning(settings, registry, List.of(deadLetters));
    }

    private static TopicDescription describe(String topic)
            throws InterruptedException, ExecutionException {
        var described = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        if (described == null) {
            throw new AssertionError(topic + " is not there");
        }
        return described;
    }

    private static String configOf(String topic, String name)
            throws InterruptedException, ExecutionException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        if (config == null) {
            throw new AssertionError(topic + " is not there");
        }
        return config.get(name).value();
    }
}
