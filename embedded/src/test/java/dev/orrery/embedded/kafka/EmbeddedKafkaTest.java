package dev.orrery.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.ChildJvm;
import dev.orrery.embedded.host.PortTaken;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    private static final String TOPIC = "planets";

    @TempDir Path data;

    @Test
    void keepsClusterIdTopicsAndOffsetsOverARestartOnAnotherPort() throws Exception {
        // given
        String clusterId;
        try (EmbeddedKafka first = EmbeddedKafka.start(data, 0)) {
            clusterId = first.clusterId();
            createTopic(first.bootstrapServers());
            send(first.bootstrapServers(), "mercury", "venus", "earth");
            assertThat(readAsGroup(first, 2)).containsExactly("mercury", "venus");
        }

        // when
        try (EmbeddedKafka second = EmbeddedKafka.start(data, 0)) {

            // then
            assertThat(second.clusterId()).isEqualTo(clusterId);
            assertThat(clusterIdSeenByClients(second)).isEqualTo(clusterId);
            assertThat(readAsGroup(second, 1)).containsExactly("earth");
        }
    }

    @Test
    void servesTheSameClientAgainAfterABounce() throws Exception {
        // given
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                KafkaProducer<String, String> producer = producer(kafka.bootstrapServers())) {
            createTopic(kafka.bootstrapServers());
            producer.send(new ProducerRecord<>(TOPIC, "mars")).get(20, TimeUnit.SECONDS);
            String address = kafka.bootstrapServers();

            // when
            kafka.bounce();

            // then
            producer.send(new ProducerRecord<>(TOPIC, "jupiter")).get(20, TimeUnit.SECONDS);
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(readAsGroup(kafka, 2)).containsExactly("mars", "jupiter");
        }
    }

    @Test
    void keepsAcknowledgedRecordsWhenItsJvmIsKilled() throws Exception {
        // given
        try (ChildJvm child = ChildJvm.running(Child.class, data)) {
            createTopic("127.0.0.1:" + child.port());
            send("127.0.0.1:" + child.port(), "saturn", "uranus");
            child.kill();
        }

        // when
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {

            // then
            assertThat(readAsGroup(kafka, 2)).containsExactly("saturn", "uranus");
        }
    }

    @Test
    void saysWhoWantedATakenPort() throws Exception {
        // given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {

            // when
            var start = assertThatThrownBy(() -> EmbeddedKafka.start(data, other.getLocalPort()));

            // then
            start.isInstanceOf(PortTaken.class)
                    .hasMessageContaining(
                            "port %d is taken, and Kafka wants it", other.getLocalPort());
        }
    }

    /** Serves the directory given as its argument until it is killed. */
    public static final class Child {

        public static void main(String[] arguments) throws Exception {
            EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), 0);
            ChildJvm.serveUntilKilled(kafka.port());
        }
    }

    private static void createTopic(String address) throws Exception {
        try (Admin admin = Admin.create(connection(address))) {
            admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static String clusterIdSeenByClients(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(connection(kafka.bootstrapServers()))) {
            return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
        }
    }

    private static void send(String address, String... values) throws Exception {
        try (KafkaProducer<String, String> producer = producer(address)) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value)).get(20, TimeUnit.SECONDS);
            }
        }
    }

    /** Reads that many records as one group and commits behind the last of them. */
    private static List<String> readAsGroup(EmbeddedKafka kafka, int count) {
        Map<String, Object> settings = connection(kafka.bootstrapServers());
        settings.put("group.id", "readers");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", count);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(Set.of(TOPIC));
            for (int poll = 0; poll < 100 && values.size() < count; poll++) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            consumer.commitSync();
        }
        return values;
    }

    private static KafkaProducer<String, String> producer(String address) {
        return new KafkaProducer<>(
                connection(address), new StringSerializer(), new StringSerializer());
    }

    private static Map<String, Object> connection(String address) {
        return new HashMap<>(Map.of("bootstrap.servers", address));
    }
}
