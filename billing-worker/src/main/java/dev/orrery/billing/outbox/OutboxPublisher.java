package dev.orrery.billing.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Keeps the outbox empty: drains it whenever it is woken, and once a second for what other
 * processes posted. One drain at a time; wakes that come during a drain join into the next one. A
 * failure is logged and tried again with the next tick; nothing is lost, because entries leave the
 * outbox only when they are acknowledged.
 */
public final class OutboxPublisher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxPublisher.class);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final Counter published;
    private final Sinks.Many<Long> wakes = Sinks.many().multicast().directBestEffort();
    private volatile @Nullable Disposable loop;

    public OutboxPublisher(PostgresOutbox outbox, MeterRegistry meters) {
        this((Outbox) outbox, meters);
    }

    OutboxPublisher(Outbox outbox, MeterRegistry meters) {
        this.outbox = outbox;
        this.published = meters.counter("orrery.billing.entries.published");
    }

    /**
     * Asks for a drain soon. May be called on any thread, returns at once, and may be called too
     * often.
     */
    public void wake() {
        // Two threads at once is no error: one of them has woken it, which is all that was wanted.
        wakes.tryEmitNext(0L);
    }

    @Override
    public synchronized void start() {
        if (loop == null) {
            loop =
                    Flux.merge(
                                    Flux.interval(Duration.ZERO, TICK).onBackpressureDrop(),
                                    wakes.asFlux().onBackpressureLatest())
                            .onBackpressureLatest()
                            .concatMap(wake -> drain(), 0)
                            .subscribe();
        }
    }

    private Mono<Void> drain() {
        return outbox.publishBatch()
                .doOnNext(published::increment)
                .repeat()
                .takeUntil(count -> count < PostgresOutbox.BATCH)
                .then()
                .onErrorResume(failure -> {
                    log.warn("Entries wait in the outbox: {}", failure.toString());
                    return Mono.empty();
                });
    }

    @Override
    public synchronized void stop() {
        var running = loop;
        if (running != null) {
            running.dispose();
            loop = null;
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
