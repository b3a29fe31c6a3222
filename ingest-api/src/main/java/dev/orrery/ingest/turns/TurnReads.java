package dev.orrery.ingest.turns;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.batching.Batcher;
import dev.orrery.pipeline.turn.TurnColumns;
import dev.orrery.pipeline.turn.TurnRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads turns; never changes one. May be called on any thread; never blocks. */
@Component
public final class TurnReads {

    private static final int MAX_BATCH = 512;
    private static final int MAX_WAITING = 50_000;

    private final Store store;
    private final Batcher<UUID, Optional<TurnRow>> endings;

    TurnReads(Store store) {
        this.store = store;
        this.endings =
                new Batcher<>(
                        this::endedOf, MAX_BATCH, MAX_WAITING, store.patience().plusSeconds(1));
    }

    /** The user's turn; empty when there is none, or when it is somebody else's. */
    public Mono<TurnRow> find(String user, UUID turn) {
        var statement =
                store.sql("select t.* from chat.turns t where t.turn_id = $1 and t.user_id = $2")
                        .bind(0, turn)
                        .bind(1, user);
        return store.one(statement, TurnColumns::read);
    }

    /** The turn if it has ended; empty while it is open. Calls that wait travel together. */
    public Mono<TurnRow> ended(UUID turn) {
        return endings.submit(turn).flatMap(Mono::justOrEmpty);
    }

    /**
     * The turns of a session, newest first, one more than asked for if there is one more; none for
     * a session that is not the user's.
     */
    public Mono<List<TurnRow>> newest(String user, UUID session, PageRequest asked) {
        var statement =
                store.sql(
                                """
                                select t.* from chat.turns t
                                 where t.session_id = $1 and t.user_id = $2 and t.sequence < $3
                                 order by t.sequence desc limit $4
                                """)
                        .bind(0, session)
                        .bind(1, user)
                        .bind(2, (int) Math.clamp(asked.after().number(), 0, Integer.MAX_VALUE))
                        .bind(3, asked.limitAndOne());
        return store.all(statement, TurnColumns::read).collectList();
    }

    /** How the user's session began; empty when it is not the user's. */
    public Mono<SessionStart> startOf(String user, UUID session) {
        var statement =
                store.sql(
                                "select greeting, created_at from chat.sessions where session_id = $1 and user_id = $2")
                        .bind(0, session)
                        .bind(1, user);
        return store.one(
                statement,
                row ->
                        new SessionStart(
                                session,
                                row.get("greeting", String.class),
                                required(row, "created_at", Instant.class)));
    }

    private Mono<List<Optional<TurnRow>>> endedOf(List<UUID> turns) {
        var statement =
                store.sql(
                                "select t.* from chat.turns t where t.turn_id = any ($1) and t.state <> 'open'")
                        .bind(0, turns.stream().distinct().toArray(UUID[]::new));
        return store.all(statement, TurnColumns::read)
                .collectMap(TurnRow::turnId, row -> row, HashMap::new)
                .map(ended ->
                        turns.stream().map(turn -> Optional.ofNullable(ended.get(turn))).toList());
    }
}
