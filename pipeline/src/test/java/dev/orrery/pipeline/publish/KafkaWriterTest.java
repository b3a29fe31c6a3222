package dev.orrery.pipeline.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.testing.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * On the real broker. Asked from event-loop-like threads, so that BlockHound sees it if asking ever
 * blocks.
 */
class KafkaWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Writes text; refuses the word "poison". */
    private static final Serializer<Object> TEXT =
            (topic, value) -> {
                if (value.equals("poison")) {
                    throw new SerializationException("poison");
                }
                return value.toString().getBytes(StandardCharsets.UTF_8);
            };

    private final String topic = ScratchTopics.fresh().name();
    private KafkaWriter writer = new KafkaWriter(settings(20_000), TEXT, new SimpleMeterRegistry());

    @AfterEach
    void stop() {
        writer.close();
    }

    @Test
    void writesInTheOrderAskedWithoutWaitingForAcknowledgements() {
        // given
        writer.start(List.of(topic));
        var asked = IntStream.range(0, 5_000).mapToObj(Integer::toString).toList();

        // when
        Flux.fromIterable(asked)
                .flatMap(this::write, Integer.MAX_VALUE)
                .subscribeOn(Schedulers.parallel())
                .blockLast(PATIENCE);

        // then
        assertThat(written(asked.size())).isEqualTo(asked);
    }

    @Test
    void completesWhenTheBrokerHasTheRecord() {
        // given
        writer.start(List.of(topic));

        // when
        var result = write("hello");

        // then
        StepVerifier.create(result).expectComplete().verify(PATIENCE);
        assertThat(written(1)).containsExactly("hello");
    }

    @Test
    void failsARecordThatCannotBeWrittenAndGoesOn() {
        // given
        writer.start(List.of(topic));

        // when
        var poison = write("poison");
        var next = write("next");

        // then
        StepVerifier.create(poison).expectErrorSatisfies(KafkaWriterTest::isFinal).verify(PATIENCE);
        StepVerifier.create(next).expectComplete().verify(PATIENCE);
    }

    @Test
    void tellsARecordThatNoBrokerWouldTakeFromOneThatMayPass() {
        // given
        writer.start(List.of(topic));

        // when
        var tooLarge = write("x".repeat(1024 * 1024));

        // then
        StepVerifier.create(tooLarge)
                .expectErrorSatisfies(KafkaWriterTest::isFinal)
                .verify(PATIENCE);
    }

    @Test
    void passesBytesThroughAsTheyAre() {
        // given
        writer.start(List.of(topic));
        byte[] bytes = {1, 2, 3};

        // when
        writer.write(new ProducerRecord<>(topic, bytes)).block(PATIENCE);

        // then
        assertThat(ScratchTopics.read(topic, 1).getFirst().value()).isEqualTo(bytes);
    }

    @Test
    void keepsWhatWasAskedThroughABounceOfTheBrokerAndRefusesWhatIsTooMuch() {
        // given
        writer = new KafkaWriter(settings(3), TEXT, new SimpleMeterRegistry());
        writer.start(List.of(topic));
        SharedServers.kafka().stop();
        var kept = Flux.merge(write("1"), write("2"), write("3")).then().toFuture();

        // when
        var refused = write("4");

        // then
        try {
            StepVerifier.create(refused).expectErrorMatches(PublishFailed::passes).verify(PATIENCE);
        } finally {
            SharedServers.kafka().restart();
        }
        Mono.fromFuture(kept).block(PATIENCE);
        assertThat(written(3)).containsExactly("1", "2", "3");
    }

    @Test
    void writesWhatIsQueuedBeforeItCloses() {
        // given
        writer.start(List.of(topic));
        var all =
                Flux.range(0, 1_000)
                        .flatMap(each -> write("x"), Integer.MAX_VALUE)
                        .then()
                        .toFuture();

        // when
        writer.close();

        // then
        Mono.fromFuture(all).block(PATIENCE);
        assertThat(written(1_000)).hasSize(1_000);
    }

    @Test
    void refusesRecordsOnceItIsClosed() {
        // given
        writer.start(List.of(topic));
        writer.close();

        // when
        var late = write("late");

        // then
        StepVerifier.create(late).expectError(PublishFailed.class).verify(PATIENCE);
    }

    @Test
    void doesNotStartWithoutTheMetadataOfItsTopics() {
        // given
        var missing = List.of("scratch.missing");

        // when / then
        assertThatThrownBy(() -> writer.start(missing)).isInstanceOf(KafkaException.class);
    }

    private Mono<Void> write(String text) {
        return writer.write(new ProducerRecord<>(topic, text));
    }

    private static void isFinal(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        PublishFailed.class, failed -> assertThat(failed.isFinal()).isTrue());
    }

    private List<String> written(int count) {
        return ScratchTopics.read(topic, count).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static WriterSettings settings(int maxOpen) {
        Map<String, Object> client = ScratchTopics.clientSettings();
        return new WriterSettings(
                client,
                "test",
                "none",
                Duration.ofSeconds(25),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                maxOpen);
    }
}
