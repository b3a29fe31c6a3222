package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.DeadLetters;
import dev.orrery.pipeline.consume.RecordDecoder;
import dev.orrery.pipeline.consume.Undecodable;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * What a {@link BatchStage} does with one poll. A fault of the data is found by halving and buried
 * alone; an outage leaves the whole poll to be brought again.
 *
 * <p>Thread safety: {@link #handle} is called on the listener's thread and blocks; the rest may be
 * called on any thread.
 */
final class BatchHandling<I extends SpecificRecord> {

    private static final Logger log = LoggerFactory.getLogger(BatchHandling.class);

    /**
     * Well below {@code max.poll.interval.ms}, halving included. A call that takes longer counts as
     * an outage.
     */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    /** A record and what it says. */
    private record Row<I extends SpecificRecord>(
            ConsumerRecord<byte[], byte[]> original, Event<I> event) {}

    private final BatchStage<I> stage;
    private final RecordDecoder decoder;
    private final DeadLetters deadLetters;
    private final Spans spans;
    private final MeterRegistry meters;
    private volatile int inFlight;
    private volatile long beganNanos;

    BatchHandling(
            BatchStage<I> stage,
            RecordDecoder decoder,
            DeadLetters deadLetters,
            Spans spans,
            MeterRegistry meters) {
        this.stage = stage;
        this.decoder = decoder;
        this.deadLetters = deadLetters;
        this.spans = spans;
        this.meters = meters;
    }

    /**
     * Deals with a poll for good.
     *
     * @throws RuntimeException for an outage; nothing of the poll may be committed
     */
    void handle(List<ConsumerRecord<byte[], byte[]>> poll) {
        if (inFlight == 0) {
            beganNanos = System.nanoTime(); // a poll that is brought again keeps its age
        }
        inFlight = poll.size();
        handleRows(decoded(poll));
        inFlight = 0;
    }

    /** The poll that was being tried, if any, will be brought to somebody else. */
    void abandoned() {
        inFlight = 0;
    }

    Duration oldestOpen() {
        return inFlight == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    int inFlight() {
        return inFlight;
    }

    private List<Row<I>> decoded(List<ConsumerRecord<byte[], byte[]>> poll) {
        var rows = new ArrayList<Row<I>>(poll.size());
        for (ConsumerRecord<byte[], byte[]> each : poll) {
            try {
                rows.add(new Row<>(each, decoder.decode(each, stage.input())));
            } catch (Undecodable failure) {
                bury(each, DeadLetter.UNDECODABLE, failure);
            }
        }
        return rows;
    }

    private void handleRows(List<Row<I>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            call(rows);
        } catch (StageFailure.Transient outage) {
            throw outage;
        } catch (RuntimeException fault) {
            if (rows.size() == 1) {
                var code =
                        fault instanceof StageFailure.Permanent permanent
                                ? permanent.code()
                                : FailureCode.INTERNAL;
                var row = rows.getFirst();
                bury(row.original(), code.code(), fault);
                recordSpan(row, Handling.Outcome.DEAD_LETTERED, Duration.ZERO);
                return;
            }
            // The function is idempotent, so the half that is well may be handled a second time.
            int half = rows.size() / 2;
            handleRows(rows.subList(0, half));
            handleRows(rows.subList(half, rows.size()));
        }
    }

    private void call(List<Row<I>> rows) {
        long began = System.nanoTime();
        var events = rows.stream().map(Row::event).toList();
        Mono.defer(() -> stage.handler().apply(events))
                .timeout(CALL_TIMEOUT, Mono.error(BatchHandling::late))
                .block();
        var took = Duration.ofNanos(System.nanoTime() - began);
        rows.forEach(row -> recordSpan(row, Handling.Outcome.HANDLED, took));
        meters.timer(
                        StageMeters.HANDLED.meterName(),
                        "stage",
                        stage.name(),
                        "outcome",
                        Handling.Outcome.HANDLED.tag())
                .record(took);
    }

    /** Every event belongs to a trace of its own, so a call has no span, but each of its events. */
    private void recordSpan(Row<I> row, Handling.Outcome outcome, Duration took) {
        var handling = new Handling(stage.name(), stage.group(), row.original());
        handling.attempt();
        handling.endsAs(outcome);
        StageSpan.begin(spans, handling, row.event(), took).end();
    }

    /** What else may pass, the function itself says; a call that hangs is an outage. */
    private static StageFailure.Transient late() {
        return new StageFailure.Transient("no end within " + CALL_TIMEOUT, null);
    }

    private void bury(
            ConsumerRecord<byte[], byte[]> original, String code, RuntimeException failure) {
        deadLetters
                .bury(new DeadLetter(original, stage.group(), code, Reasons.of(failure), 1))
                .timeout(CALL_TIMEOUT)
                .block();
        meters.counter(StageMeters.DEAD_LETTERED.meterName(), "stage", stage.name(), "code", code)
                .increment();
        log.warn(
                "Dead-lettered: stage={} record={}-{}@{} code={} reason={}",
                stage.name(),
                original.topic(),
                original.partition(),
                original.offset(),
                code,
                Reasons.of(failure));
    }
}
