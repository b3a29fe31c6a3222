package dev.orrery.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.tuning.WorkerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One assignment of a partition; the handlers of its records end when the test says so. */
class OpenPartitionTest {

    private static final int MAX_WAITING = 4;
    private static final int WINDOW = 2 * GroupSettings.MAX_POLL_RECORDS;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Lanes lanes =
            new Lanes(
                    time, () -> time.now(TimeUnit.NANOSECONDS), WorkerSettings.configured(10_000));
    private final Map<Long, Sinks.Empty<Void>> inFlight = new HashMap<>();
    private final OpenPartition partition =
            new OpenPartition(lanes, MAX_WAITING, WINDOW, this::handle);

    @AfterEach
    void stop() {
        time.dispose();
    }

    @Test
    void commitsNothingBeforeTheFirstRecord() {
        assertThat(partition.committable()).isEmpty();
    }

    @Test
    void commitsOnlyTheContiguousPrefix() {
        // given
        deliver("a", 7);
        deliver("b", 8);
        deliver("c", 9);

        // when
        end(8);
        end(9);

        // then
        assertThat(partition.committable()).hasValue(7);
        end(7);
        assertThat(partition.committable()).hasValue(10);
    }

    @Test
    void leavesARecordOpenWhoseHandlingWasCancelled() {
        // given
        deliver("a", 7);

        // when
        lanes.cancelAll();

        // then
        assertThat(partition.committable()).hasValue(7);
    }

    @Test
    void givesARecordWithoutAKeyALaneOfItsOwn() {
        // given
        deliver(null, 0);

        // when
        deliver(null, 1);

        // then
        assertThat(inFlight).containsOnlyKeys(0L, 1L);
    }

    @Test
    void wantsNoMoreThanMayWait() {
        // given
        for (int offset = 0; offset < MAX_WAITING; offset++) {
            deliver("a", offset);
        }

        // when
        boolean before = partition.wantsMore();
        deliver("a", MAX_WAITING);

        // then
        assertThat(before).isTrue();
        assertThat(partition.wantsMore()).isFalse();
    }

    @Test
    void wantsNoMoreWhenOnePollWouldOverflowTheWindow() {
        // given
        for (int offset = 0; offset <= WINDOW - GroupSettings.MAX_POLL_RECORDS; offset++) {
            deliver("key-" + offset, offset);
        }
        boolean full = partition.wantsMore();

        // when
        end(0);

        // then
        assertThat(full).isFalse();
        assertThat(partition.wantsMore()).isTrue();
    }

    @Test
    void beginsNothingMoreOnceItHasEndedAndLetsWhatIsInFlightFinish() {
        // given
        deliver("a", 0);
        deliver("a", 1);
        partition.end();

        // when
        end(0);

        // then
        assertThat(inFlight).isEmpty();
        assertThat(partition.committable()).hasValue(1);
    }

    @Test
    void isIdleWhenNothingIsInFlight() throws InterruptedException {
        // given
        deliver("a", 0);
        end(0);

        // when
        partition.awaitIdle(Duration.ofDays(1));

        // then
        assertThat(lanes.inFlight()).isZero();
    }

    @Test
    void doesNotWaitLongerThanItIsGiven() throws InterruptedException {
        // given
        deliver("a", 0);

        // when
        partition.awaitIdle(Duration.ofMillis(20));

        // then
        assertThat(inFlight).containsKey(0L);
    }

    private void deliver(@Nullable String key, long offset) {
        var bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        partition.deliver(new ConsumerRecord<>("topic", 0, offset, bytes, new byte[0]));
        time.advanceTime();
    }

    private Mono<Void> handle(ConsumerRecord<byte[], byte[]> record) {
        var end = Sinks.<Void>empty();
        inFlight.put(record.offset(), end);
        return end.asMono();
    }

    private void end(long offset) {
        var end = inFlight.remove(offset);
        assertThat(end).as("in flight: %d", offset).isNotNull();
        if (end != null) {
            end.tryEmitEmpty().orThrow();
        }
        time.advanceTime();
    }
}
