package dev.orrery.prompt.history;

import dev.orrery.pipeline.database.Columns;
import dev.orrery.pipeline.database.DatabaseFailures;
import dev.orrery.pipeline.prompt.HistoryWindow;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.tool.CalledTool;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * {@link HistoryRows} on {@code chat.turns}: one query, bounded by turns and bytes before anything
 * leaves the database.
 */
public final class PostgresHistory implements HistoryRows {

    private static final String NEWEST_FIRST_WITHIN_BUDGET =
            """
            select request_text, reply_text, tool_calls::text as tool_calls
              from (select sequence, request_text, reply_text, tool_calls,
                           sum(octet_length(request_text) + octet_length(reply_text))
                             over (order by sequence desc) as bytes
                      from (select sequence, request_text, reply_text, tool_calls
                              from chat.turns
                             where session_id = :session and sequence > :after and sequence < :sequence
                               and state = 'completed'
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
    public Mono<List<Exchange>> between(
            UUID session, int after, int sequence, HistoryWindow window) {
        return database.sql(NEWEST_FIRST_WITHIN_BUDGET)
                .bind("session", session)
                .bind("after", after)
                .bind("sequence", sequence)
                .bind("turns", window.mostTurns())
                .bind("bytes", window.mostBytes())
                .map(row ->
                        new Exchange(
                                Columns.required(row, "request_text", String.class),
                                Columns.required(row, "reply_text", String.class),
                                CalledTool.later(
                                        CalledTool.read(row.get("tool_calls", String.class)))))
                .all()
                .collectList()
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified);
    }
}
