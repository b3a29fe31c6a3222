package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.tuning.WorkerSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs work one at a time per key, in order, and many keys at once, up to a limit that may change
 * at any moment. Work of different keys begins in the order in which it could.
 *
 * <p>Thread safety: every method may be called on any thread, event loops included, and returns at
 * once. Work is begun on the scheduler given; the monitor is held for a few instructions and never
 * while foreign code runs. The number of waiting works is bounded by whoever submits: see {@link
 * StageRunner}.
 */
final class Lanes {

    private static final Logger log = LoggerFactory.getLogger(Lanes.class);

    /** One piece of work. */
    interface Work {

        /** Begins, on a lane thread. The lane is taken until the result ends, in whatever way. */
        Mono<Void> begin();
    }

    /** A work in flight. */
    private record InFlight(long sinceNanos, Disposable.Swap running) {}

    private final Scheduler scheduler;
    private final LongSupplier nanoTime;

    /**
     * Keys with work that is waiting or in flight, each with what waits. Bounded by the number of
     * open records.
     */
    private final Map<Object, ArrayDeque<Work>> lanes = new HashMap<>();

    /** Keys whose next work may begin: none of theirs is in flight. */
    private final ArrayDeque<Object> ready = new ArrayDeque<>();

    /** In the order of their beginning, so that the first is the oldest. */
    private final Map<Object, InFlight> inFlight = new LinkedHashMap<>();

    private final StartRate rate = new StartRate();
    private WorkerSettings settings;
    private int waiting;

    /**
     * Since when work has waited with nothing in flight although it might begin; null when that is
     * not so.
     */
    private @Nullable Long stalledSinceNanos;

    private final Disposable.Swap wakeUp = Disposables.swap();

    /**
     * @param nanoTime never runs backwards, like {@link System#nanoTime}
     */
    Lanes(Scheduler scheduler, LongSupplier nanoTime, WorkerSettings settings) {
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.settings = settings;
        rate.change(settings.ratePerSecond(), nowNanos());
    }

    void submit(Object key, Work work) {
        locked(() -> {
            var lane = lanes.get(key);
            if (lane == null) {
                lane = new ArrayDeque<>(2);
                lanes.put(key, lane);
                ready.add(key);
            }
            lane.add(work);
            waiting++;
        });
        beginWhatMay();
    }

    void change(WorkerSettings next) {
        locked(() -> {
            settings = next;
            rate.change(next.ratePerSecond(), nowNanos());
        });
        beginWhatMay();
    }

    /** Cancels what is in flight. Its lanes are free once it has ended. */
    void cancelAll() {
        List<InFlight> all;
        synchronized (this) {
            all = List.copyOf(inFlight.values());
        }
        all.forEach(each -> each.running().dispose());
    }

    int waiting() {
        synchronized (this) {
            return waiting;
        }
    }

    int inFlight() {
        synchronized (this) {
            return inFlight.size();
        }
    }

    /** Whether more work should be submitted, when this many may wait. */
    boolean hasRoom(int maxWaiting) {
        synchronized (this) {
            return !settings.paused() && waiting < maxWaiting;
        }
    }

    Duration oldestOpen() {
        synchronized (this) {
            var first = inFlight.values().iterator();
            return first.hasNext()
                    ? Duration.ofNanos(nowNanos() - first.next().sinceNanos())
                    : Duration.ZERO;
        }
    }

    /**
     * How long work has waited although nothing is in flight and neither a pause nor the rate holds
     * it back.
     */
    Duration stalledFor() {
        synchronized (this) {
            noteStall();
            return stalledSinceNanos == null
                    ? Duration.ZERO
                    : Duration.ofNanos(nowNanos() - stalledSinceNanos);
        }
    }

    private void noteStall() {
        boolean stalled =
                waiting > 0
                        && inFlight.isEmpty()
                        && !settings.paused()
                        && rate.waitNanos(nowNanos()) == 0;
        if (!stalled) {
            stalledSinceNanos = null;
        } else if (stalledSinceNanos == null) {
            stalledSinceNanos = nowNanos();
        }
    }

    private void beginWhatMay() {
        while (beginNext()) {
            // each round takes one key from the front
        }
    }

    private boolean beginNext() {
        Object key;
        Work work;
        Disposable.Swap running = Disposables.swap();
        synchronized (this) {
            if (ready.isEmpty() || settings.paused() || inFlight.size() >= settings.concurrency()) {
                return false;
            }
            long wait = rate.take(nowNanos());
            if (wait > 0) {
                wakeUp.update(scheduler.schedule(this::beginWhatMay, wait, TimeUnit.NANOSECONDS));
                return false;
            }
            key = ready.remove();
            work = lane(key).remove();
            waiting--;
            inFlight.put(key, new InFlight(nowNanos(), running));
        }
        scheduler.schedule(() -> run(key, work, running));
        return true;
    }

    private void run(Object key, Work work, Disposable.Swap running) {
        running.update(
                Mono.defer(work::begin)
                        .doFinally(signal -> ended(key))
                        .subscribe(
                                nothing -> {},
                                failure ->
                                        log.error(
                                                "BUG: work failed out of its lane, its record stays open",
                                                failure)));
    }

    private void ended(Object key) {
        locked(() -> {
            inFlight.remove(key);
            if (lane(key).isEmpty()) {
                lanes.remove(key);
            } else {
                ready.add(key);
            }
        });
        beginWhatMay();
    }

    private ArrayDeque<Work> lane(Object key) {
        return Objects.requireNonNull(lanes.get(key), "BUG: no lane of a key that has work");
    }

    private void locked(Runnable change) {
        synchronized (this) {
            change.run();
        }
    }

    private long nowNanos() {
        return nanoTime.getAsLong();
    }
}
