package dev.orrery.pipeline.policy;

import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.DeadLetters;
import dev.orrery.pipeline.consume.Undecodable;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.Reasons;
import dev.orrery.pipeline.stage.RecordPolicies;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.pipeline.telemetry.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Mono;

/**
 * What stands around every handler, and in which order. Safe to share between the stages of a
 * process.
 */
public final class Policies implements RecordPolicies {

    private final MeterRegistry meters;
    private final Clock clock;
    private final LastWord lastWord;
    private final Spans spans;

    /** Policies that record no spans. */
    public Policies(MeterRegistry meters, Clock clock, GiveUp giveUp, DeadLetters deadLetters) {
        this(meters, clock, giveUp, deadLetters, Spans.OFF);
    }

    /**
     * @param clock tells whether a deadline has passed
     * @param giveUp ends the turns of what cannot be handled
     * @param deadLetters takes the records of what cannot be handled
     * @param spans opens one for each input
     */
    public Policies(
            MeterRegistry meters,
            Clock clock,
            GiveUp giveUp,
            DeadLetters deadLetters,
            Spans spans) {
        this.meters = meters;
        this.clock = clock;
        this.lastWord = new LastWord(giveUp, deadLetters, meters);
        this.spans = spans;
    }

    /**
     * From the inside out: retries first, then the deadline over all of them, then the end, and a
     * watch on everything.
     */
    @Override
    public <I extends SpecificRecord> StageHandler<I> around(
            Handling handling, StageHandler<I> handler) {
        var retried = new Retried<>(handler, handling, meters, clock);
        var expired = new Expired<>(retried, handling, lastWord, clock);
        var deadLettered = new DeadLettered<>(expired, handling, lastWord);
        return new Observed<>(deadLettered, handling, spans, meters);
    }

    /** Nobody can be told, because nobody knows whose record it was. */
    @Override
    public Mono<Void> undecodable(Handling handling, Undecodable failure) {
        return Mono.defer(() -> {
            handling.endsAs(Handling.Outcome.UNDECODABLE);
            long began = System.nanoTime();
            return lastWord.bury(handling, DeadLetter.UNDECODABLE, Reasons.of(failure))
                    .doOnSuccess(nothing -> count(handling, System.nanoTime() - began));
        });
    }

    private void count(Handling handling, long nanos) {
        meters.timer(
                        StageMeters.HANDLED.meterName(),
                        "stage",
                        handling.stage(),
                        "outcome",
                        handling.outcome().tag())
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
