package dev.orrery.llm;

import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.FinishVerdict;
import dev.orrery.pipeline.turn.RunGrant;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.pipeline.turn.Turns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Turns in memory, by the rules of migration V005. */
public final class TurnBook implements Turns {

    public static final Duration LEASE = Duration.ofSeconds(5);
    public static final long CHARGE_MICROS = 5_000_000;

    private static final class Page {
        TurnRow row;
        @Nullable UUID run;
        Instant leaseUntil = Instant.MIN;
        int runNumber;
        long deliveredOutput;

        Page(TurnRow row) {
            this.row = row;
        }
    }

    private final Map<UUID, Page> pages = new HashMap<>();
    private final Clock clock;
    private int failures;

    public TurnBook(Clock clock) {
        this.clock = clock;
    }

    public synchronized void add(TurnRow row) {
        pages.put(row.turnId(), new Page(row));
    }

    /** The next calls find the database away. */
    public synchronized void failNext(int count) {
        failures = count;
    }

    public synchronized TurnRow row(UUID turn) {
        return page(turn).row;
    }

    /** Output tokens as the run has last reported them. */
    public synchronized long delivered(UUID turn) {
        return page(turn).deliveredOutput;
    }

    /** Whether some run's lease is alive. */
    public synchronized boolean isLeased(UUID turn) {
        return page(turn).leaseUntil.isAfter(clock.instant());
    }

    /** Another worker's run takes the turn, as it can when a lease has lapsed unnoticed. */
    public synchronized UUID steal(UUID turn) {
        var page = page(turn);
        page.leaseUntil = Instant.MIN;
        var thief = UUID.randomUUID();
        grant(turn, thief);
        return thief;
    }

    @Override
    public Mono<RunGrant> begin(UUID turn, UUID run) {
        return answered(() -> grant(turn, run));
    }

    private synchronized RunGrant grant(UUID turn, UUID run) {
        var page = pages.get(turn);
        if (page == null) {
            return new RunGrant.Unknown();
        }
        if (page.row.ending() != null) {
            return new RunGrant.Finished(page.row);
        }
        if (!run.equals(page.run) && page.leaseUntil.isAfter(clock.instant())) {
            return new RunGrant.Leased(Duration.between(clock.instant(), page.leaseUntil));
        }
        page.runNumber += run.equals(page.run) ? 0 : 1;
        page.run = run;
        page.leaseUntil = clock.instant().plus(LEASE);
        return new RunGrant.Yours(page.row, (page.runNumber - 1) * 100L + 1, page.runNumber > 1);
    }

    @Override
    public Flux<UUID> renew(Collection<RunProgress> runs) {
        return answered(() -> lost(runs)).flatMapIterable(lost -> lost);
    }

    private synchronized List<UUID> lost(Collection<RunProgress> runs) {
        return runs.stream().filter(run -> !isRenewed(run)).map(RunProgress::turn).toList();
    }

    private boolean isRenewed(RunProgress progress) {
        var page = page(progress.turn());
        if (!progress.run().equals(page.run) || page.row.ending() != null) {
            return false;
        }
        page.leaseUntil = clock.instant().plus(LEASE);
        page.deliveredOutput = Math.max(page.deliveredOutput, progress.outputTokens());
        return true;
    }

    @Override
    public Mono<FinishVerdict> finish(UUID turn, Finish finish) {
        return answered(() -> end(turn, finish));
    }

    private synchronized FinishVerdict end(UUID turn, Finish finish) {
        var page = pages.get(turn);
        if (page == null) {
            return new FinishVerdict.Unknown();
        }
        if (page.row.ending() != null) {
            return new FinishVerdict.Ended(page.row, false);
        }
        var run = Endings.runOf(finish);
        if (run != null && !run.equals(page.run)) {
            return new FinishVerdict.Superseded();
        }
        var ending = Endings.of(finish, page.runNumber, clock.instant());
        page.row = Examples.ended(page.row, ending);
        return new FinishVerdict.Ended(page.row, true);
    }

    @Override
    public Mono<Void> requestPublished(UUID turn) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> outcomePublished(UUID turn) {
        return Mono.empty();
    }

    private Page page(UUID turn) {
        return Objects.requireNonNull(pages.get(turn), "turn " + turn);
    }

    private <T> Mono<T> answered(Supplier<T> answer) {
        return Mono.defer(() ->
                isAway()
                        ? Mono.error(new StageFailure.Transient("database: away", null))
                        : Mono.just(answer.get()));
    }

    private synchronized boolean isAway() {
        return failures-- > 0;
    }

    /** Wishes as the row writes them down. */
    private static final class Endings {

        static @Nullable UUID runOf(Finish finish) {
            return switch (finish) {
                case Finish.Completed completed -> completed.run();
                case Finish.RunFailed failed -> failed.run();
                case Finish.GivenUp ignored -> null;
                case Finish.Cancelled ignored -> null;
            };
        }

        static TurnRow.Ending of(Finish finish, int runNumber, Instant now) {
            long beyondRuns = runNumber * 100L + 1;
            return switch (finish) {
                case Finish.Completed completed ->
                        new TurnRow.Ending(
                                TurnRow.State.COMPLETED,
                                null,
                                completed.reply(),
                                completed.trail(),
                                completed.firstTokenAt(),
                                completed.waived() ? 0 : CHARGE_MICROS,
                                completed.epoch(),
                                completed.openedByRestart(),
                                completed.chunkEnds(),
                                now);
                case Finish.RunFailed failed ->
                        new TurnRow.Ending(
                                TurnRow.State.FAILED,
                                failed.code().code(),
                                null,
                                failed.trail(),
                                null,
                                0,
                                failed.epoch(),
                                failed.openedByRestart(),
                                Collections.nCopies(failed.deltas(), 0),
                                now);
                case Finish.GivenUp givenUp ->
                        without(TurnRow.State.FAILED, givenUp.code().code(), beyondRuns, now);
                case Finish.Cancelled ignored ->
                        without(TurnRow.State.CANCELLED, "cancelled", beyondRuns, now);
            };
        }

        private static TurnRow.Ending without(
                TurnRow.State state, String code, long epoch, Instant now) {
            return new TurnRow.Ending(
                    state, code, null, TurnRow.Trail.NONE, null, 0, epoch, false, List.of(), now);
        }
    }
}
