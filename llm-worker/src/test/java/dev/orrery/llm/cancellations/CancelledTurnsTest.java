package dev.orrery.llm.cancellations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.CancelRequested;
import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.leases.LiveRun.StopReason;
import dev.orrery.llm.leases.LiveRuns;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class CancelledTurnsTest {

    private final Sinks.Many<Event<CancelRequested>> topic =
            Sinks.many().multicast().directBestEffort();
    private final LiveRuns runs = new LiveRuns(new SimpleMeterRegistry());
    private final CancelledTurns cancelled = new CancelledTurns(new OneTopic(), runs);

    @Test
    void stopsTheRunOfACancelledTurn() {
        // given
        cancelled.start();
        var stopped = runs.add(Examples.TURN, UUID.randomUUID(), 1).stopped().toFuture();

        // when
        publish(Examples.TURN.toString());

        // then
        assertThat(stopped).isCompletedWithValue(StopReason.CANCELLED);
    }

    @Test
    void passesOverWhatNamesNoTurnAndListensOn() {
        // given
        cancelled.start();
        var stopped = runs.add(Examples.TURN, UUID.randomUUID(), 1).stopped().toFuture();

        // when
        publish("nonsense");
        publish(Examples.TURN.toString());

        // then
        assertThat(stopped).isCompletedWithValue(StopReason.CANCELLED);
    }

    @Test
    void listensNoMoreWhenItIsStopped() {
        // given
        cancelled.start();
        cancelled.start();

        // when
        cancelled.stop();

        // then
        assertThat(topic.currentSubscriberCount()).isZero();
    }

    private void publish(String turn) {
        var context =
                new EventContext(
                        UUID.randomUUID(), "test", ManualTime.START, turn, null, null, null);
        var value = new CancelRequested(turn, ManualTime.START);
        topic.tryEmitNext(new Event<>(Topics.CHAT_CANCELLATIONS, turn, null, value, context));
    }

    /** A tail of the only topic there is. */
    private final class OneTopic implements TopicTail {

        @Override
        public <T extends SpecificRecord> Flux<Tailed<T>> tail(
                Topic<T> asked, int partition, @Nullable Long from) {
            return topic.asFlux().map(event -> new Tailed<>(typed(asked, event), 0));
        }

        private <T extends SpecificRecord> Event<T> typed(Topic<T> asked, Event<?> event) {
            return new Event<>(
                    asked,
                    event.key(),
                    event.partition(),
                    asked.type().cast(event.value()),
                    event.context());
        }

        @Override
        public Mono<Long> endOffset(Topic<?> asked, int partition) {
            return Mono.just(0L);
        }
    }
}
