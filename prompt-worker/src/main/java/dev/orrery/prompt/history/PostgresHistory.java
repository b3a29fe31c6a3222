package dev.orrery.prompt.history;

import dev.orrery.pipeline.database.DatabaseFailures;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * {@link History} on {@code chat.turns}: one query, bounded by turns and bytes before anything
 * leaves the database.
 */
public final class PostgresHistory implements History {

    private static final String NEWEST_FIRST_WITHIN_BUDGET =
            """
            select request_text, reply_text
              from (select sequence, request_text, reply_text,
                           sum(octet_length(request_text) + octet_length(reply_text))
                             over (order by sequence desc) as bytes
                      from (select sequence, request_text, reply_text
                              from chat.turns
                             where session_id = :session and sequence < :sequence and state = 'completed'
                             order by sequence desc
                             limit :turns) newest) counted
             where bytes <= :bytes
             order by sequence
            """;

    private final DatabaseClient database;
    private final Duration timeLimit;

    /**
     * @param timeLimit for one read
     */
    public PostgresHistory(DatabaseClient database, Duration timeLimit) {
        this.database = database;
        this.timeLimit = timeLimit;
    }

    @Override
    public Mono<List<Exchange>> before(UUID session, int sequence, int mostTurns, long mostBytes) {
        return database.sql(NEWEST_FIRST_WITHIN_BUDGET)
                .bind("session", session)
                .bind("sequence", sequence)
                .bind("turns", mostTurns)
                .bind("bytes", mostBytes)
                .map(row ->
                        new Exchange(
                                Objects.requireNonNull(row.get("request_text", String.class)),
                                Objects.requireNonNull(row.get("reply_text", String.class))))
                .all()
                .collectList()
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified);
    }
}
