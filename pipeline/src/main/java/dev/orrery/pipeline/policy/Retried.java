package dev.orrery.pipeline.policy;

import dev.orrery.pipeline.backoff.Backoff;
import dev.orrery.pipeline.database.DatabaseFailures;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.stage.StageHandler;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Tries again what may pass: a {@link StageFailure.Transient}, an event that could not be published
 * (but for one that is itself refused), a database that is away. The lane waits, so the order of
 * the key is kept. Waits grow with full jitter, never shorter than the failing side asked for, and
 * end with the input's deadline; an input without one is tried without end.
 *
 * <p>A retry begins the handler anew, also when it has emitted already. That is safe for one reason
 * only: emissions carry derived ids, so what was published twice is recognised downstream. A
 * handler whose second run would say something else must keep a journal of its own, as the runs of
 * a turn do with their epochs.
 */
final class Retried<I extends SpecificRecord> implements StageHandler<I> {

    private static final Logger log = LoggerFactory.getLogger(Retried.class);

    private final StageHandler<I> handler;
    private final Handling handling;
    private final MeterRegistry meters;
    private final Clock clock;

    Retried(StageHandler<I> handler, Handling handling, MeterRegistry meters, Clock clock) {
        this.handler = handler;
        this.handling = handling;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Flux<Event<?>> handle(Event<I> cause) {
        var deadline = cause.context().deadline();
        return Flux.defer(
                        () -> {
                            handling.attempt();
                            return handler.handle(cause);
                        })
                .onErrorMap(DatabaseFailures::classified)
                .retryWhen(
                        Retry.from(
                                failures -> failures.concatMap(signal -> next(signal, deadline))));
    }

    private Mono<Long> next(Retry.RetrySignal signal, @Nullable Instant deadline) {
        var failure = signal.failure();
        if (!(failure instanceof StageFailure.Transient || PublishFailed.passes(failure))) {
            return Mono.error(failure);
        }
        var asked = failure instanceof StageFailure.Transient passing ? passing.retryAfter() : null;
        var wait = longer(Backoff.DEFAULT.delay(signal.totalRetries()), asked);
        if (deadline != null) {
            var left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive() || (asked != null && asked.compareTo(left) > 0)) {
                return Mono.error(new DeadlinePassed("while it was tried again"));
            }
            wait = wait.compareTo(left) > 0 ? left : wait;
        }
        retried(failure, wait);
        return Mono.delay(wait);
    }

    private static Duration longer(Duration backoff, @Nullable Duration asked) {
        return asked != null && asked.compareTo(backoff) > 0 ? asked : backoff;
    }

    private void retried(Throwable failure, Duration wait) {
        meters.counter(StageMeters.RETRIED.meterName(), "stage", handling.stage()).increment();
        log.atWarn()
                .addKeyValue("stage", handling.stage())
                .addKeyValue("record", handling.place())
                .addKeyValue("attempts", handling.attempts())
                .addKeyValue("waitMillis", wait.toMillis())
                .addKeyValue("reason", failure.toString())
                .log("Tried again");
    }
}
