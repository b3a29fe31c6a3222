package dev.orrery.pipeline.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;

/**
 * Evidence for docs/adr/0002, not part of the build: why {@link KafkaWriter} stands on the plain
 * producer. The sender gives the result of a record that never left on its own thread and all
 * others on the producer's, both into one subscriber, so results are lost and the stream breaks.
 */
@Tag("evidence")
class SharedSenderTest {

    private static final int RECORDS = 100_000;

    /** Refuses every other record, as a producer without metadata or memory refuses all of them. */
    private static final Serializer<Integer> EVEN_NUMBERS =
            (topic, number) -> {
                if (number % 2 != 0) {
                    throw new SerializationException("odd");
                }
                return number.toString().getBytes(StandardCharsets.UTF_8);
            };

    @Test
    void givesTheResultOfEveryRecord() {
        // given
        var topic = ScratchTopics.fresh().name();
        var settings = new HashMap<>(ScratchTopics.clientSettings());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        var sender =
                KafkaSender.create(
                        SenderOptions.<byte[], Integer>create(settings)
                                .withKeySerializer(new ByteArraySerializer())
                                .withValueSerializer(EVEN_NUMBERS)
                                .stopOnError(false));
        var results = new AtomicInteger();
        var records =
                Flux.range(0, RECORDS)
                        .map(number ->
                                SenderRecord.create(
                                        new ProducerRecord<byte[], Integer>(topic, number),
                                        number));

        // when
        var sending = sender.send(records).subscribe(result -> results.incrementAndGet());

        // then
        await().atMost(Duration.ofSeconds(60))
                .until(() -> results.get() == RECORDS || sending.isDisposed());
        assertThat(results).hasValue(RECORDS);
        sender.close();
    }
}
