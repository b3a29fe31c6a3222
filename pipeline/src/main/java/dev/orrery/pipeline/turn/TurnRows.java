package dev.orrery.pipeline.turn;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.pipeline.batching.Batcher;
import dev.orrery.pipeline.database.DatabaseFailures;
import dev.orrery.pipeline.stage.StageFailure;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@link Turns} in PostgreSQL, over R2DBC. One statement of each kind is in flight at a time,
 * except finishing.
 */
public final class TurnRows implements Turns {

    private static final int MAX_BATCH = 512;
    private static final int MAX_WAITING = 20_000;

    /**
     * Of one statement, finding a connection included; reached only when the server's host has
     * vanished without a word. Then the next batch leaves on another connection.
     */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    /** Of a caller, who may have to wait for the call before his own. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

    private record Ask(UUID turn, UUID run) {}

    private final DatabaseClient database;
    private final Duration lease;
    private final Batcher<Ask, RunGrant> begins;
    private final Batcher<Collection<RunProgress>, List<UUID>> renewals;
    private final Batcher<UUID, UUID> requestMarks;
    private final Batcher<UUID, UUID> outcomeMarks;

    /**
     * @param lease how long a run owns a turn without renewing it, at least 1 ms
     */
    public TurnRows(DatabaseClient database, Duration lease) {
        this.database = database;
        this.lease = lease;
        this.begins = new Batcher<>(this::beginAll, MAX_BATCH, MAX_WAITING, LONGEST_CALL);
        this.renewals = new Batcher<>(this::renewAll, MAX_BATCH, MAX_WAITING, LONGEST_CALL);
        this.requestMarks =
                new Batcher<>(
                        turns -> markAll(turns, "request"), MAX_BATCH, MAX_WAITING, LONGEST_CALL);
        this.outcomeMarks =
                new Batcher<>(
                        turns -> markAll(turns, "outcome"), MAX_BATCH, MAX_WAITING, LONGEST_CALL);
    }

    @Override
    public Mono<RunGrant> begin(UUID turn, UUID run) {
        return answered(begins.submit(new Ask(turn, run)));
    }

    @Override
    public Flux<UUID> renew(Collection<RunProgress> runs) {
        if (runs.isEmpty()) {
            return Flux.empty();
        }
        var asked = List.copyOf(runs);
        return answered(renewals.submit(asked)).flatMapIterable(lost -> lost);
    }

    @Override
    public Mono<FinishVerdict> finish(UUID turn, Finish finish) {
        return answered(
                Mono.defer(() -> {
                    var result = FinishedResult.of(finish);
                    var statement =
                            database.sql(
                                            """
                                            select f.verdict, (f.turn).*
                                              from chat.finish_turn(:turn, :run, :state, :result::jsonb) f
                                            """)
                                    .bind("turn", turn)
                                    .bind("state", result.state())
                                    .bind("result", result.json());
                    var run = result.run();
                    return (run == null
                                    ? statement.bindNull("run", UUID.class)
                                    : statement.bind("run", run))
                            .map(TurnRows::verdict)
                            .one();
                }));
    }

    @Override
    public Mono<Void> requestPublished(UUID turn) {
        return answered(requestMarks.submit(turn)).then();
    }

    @Override
    public Mono<Void> outcomePublished(UUID turn) {
        return answered(outcomeMarks.submit(turn)).then();
    }

    /**
     * A turn can be asked for by two runs at once; the function is asked once a turn, and the
     * others are told so.
     */
    private Mono<List<RunGrant>> beginAll(List<Ask> asks) {
        var first = new LinkedHashMap<UUID, Ask>();
        asks.forEach(ask -> first.putIfAbsent(ask.turn(), ask));
        return database.sql(
                        """
                        select b.asked_turn_id, b.verdict, b.lease_ms, (b.turn).*
                          from chat.begin_run(:turns, :runs, :lease) b
                        """)
                .bind("turns", first.keySet().toArray(UUID[]::new))
                .bind("runs", first.values().stream().map(Ask::run).toArray(UUID[]::new))
                .bind("lease", Math.toIntExact(lease.toMillis()))
                .map(row -> Map.entry(required(row, "asked_turn_id", UUID.class), grant(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(grants -> asks.stream().map(ask -> grantFor(ask, first, grants)).toList());
    }

    private RunGrant grantFor(Ask ask, Map<UUID, Ask> first, Map<UUID, RunGrant> grants) {
        var grant = grants.get(ask.turn());
        if (grant == null) {
            throw new IllegalStateException("BUG: begin_run did not answer for turn " + ask.turn());
        }
        boolean anotherRunGotIt =
                grant instanceof RunGrant.Yours && !ask.equals(first.get(ask.turn()));
        return anotherRunGotIt ? new RunGrant.Leased(lease) : grant;
    }

    private static RunGrant grant(Readable row) {
        var verdict = required(row, "verdict", String.class);
        return switch (verdict) {
            case "yours" -> yours(TurnColumns.read(row));
            case "leased" ->
                    new RunGrant.Leased(Duration.ofMillis(required(row, "lease_ms", Long.class)));
            case "finished" -> new RunGrant.Finished(TurnColumns.read(row));
            case "unknown" -> new RunGrant.Unknown();
            default -> throw unexpected(verdict);
        };
    }

    /** As {@code chat.first_epoch_of_run}. */
    private static RunGrant yours(TurnRow row) {
        return new RunGrant.Yours(row, (row.runNumber() - 1) * 100L + 1, row.runNumber() > 1);
    }

    private Mono<List<List<UUID>>> renewAll(List<Collection<RunProgress>> asked) {
        var runs = asked.stream().flatMap(Collection::stream).toList();
        return database.sql(
                        """
                        select r.lost_turn_id
                          from chat.renew_leases(:turns, :runs, :input, :output, :lease) r
                        """)
                .bind("turns", runs.stream().map(RunProgress::turn).toArray(UUID[]::new))
                .bind("runs", runs.stream().map(RunProgress::run).toArray(UUID[]::new))
                .bind("input", runs.stream().map(RunProgress::inputTokens).toArray(Long[]::new))
                .bind("output", runs.stream().map(RunProgress::outputTokens).toArray(Long[]::new))
                .bind("lease", Math.toIntExact(lease.toMillis()))
                .map(row -> required(row, "lost_turn_id", UUID.class))
                .all()
                .collect(HashSet<UUID>::new, Set::add)
                .map(lost -> asked.stream().map(each -> lostOf(each, lost)).toList());
    }

    private static List<UUID> lostOf(Collection<RunProgress> runs, Set<UUID> lost) {
        return runs.stream().map(RunProgress::turn).filter(lost::contains).distinct().toList();
    }

    private Mono<List<UUID>> markAll(List<UUID> turns, String what) {
        return database.sql("select chat.mark_published(:turns, :what)")
                .bind("turns", turns.toArray(UUID[]::new))
                .bind("what", what)
                .then()
                .thenReturn(turns);
    }

    private static FinishVerdict verdict(Readable row) {
        var verdict = required(row, "verdict", String.class);
        return switch (verdict) {
            case "finished" -> new FinishVerdict.Ended(TurnColumns.read(row), true);
            case "already" -> new FinishVerdict.Ended(TurnColumns.read(row), false);
            case "superseded" -> new FinishVerdict.Superseded();
            case "unknown" -> new FinishVerdict.Unknown();
            default -> throw unexpected(verdict);
        };
    }

    private static IllegalStateException unexpected(String verdict) {
        return new IllegalStateException(
                "BUG: verdict " + verdict + " (expected: one that its migration names)");
    }

    private static <T> Mono<T> answered(Mono<T> answer) {
        return answer.timeout(LONGEST_ANSWER)
                .onErrorMap(
                        Batcher.Overloaded.class,
                        full -> new StageFailure.Transient("database is behind", full))
                .onErrorMap(DatabaseFailures::classified);
    }
}
