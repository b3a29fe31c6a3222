package dev.orrery.prompt.summaries;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.pipeline.database.DatabaseFailures;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Summary;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** {@link SummaryRows} on {@code chat.session_summaries}, whose rows never change. */
public final class PostgresSummaries implements SummaryRows {

    /**
     * A summary counts for turns that were accepted this long after it was made. Its row is seen a
     * moment later than its time says, and a turn of that moment would be rendered without it at
     * first and with it when it comes again.
     */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final String NEWEST_BEFORE =
            """
            select s.version, s.through_sequence, s.text,
                   (select count(*)::int from chat.turns t
                     where t.session_id = s.session_id and t.state = 'completed'
                       and t.sequence > s.through_sequence and t.sequence < :sequence) as turns_since
              from chat.session_summaries s
             where s.session_id = :session and s.created_at < :settled and s.through_sequence < :sequence
             order by s.version desc limit 1
            """;

    private static final String DUE =
            """
            with newest as (
              select version, through_sequence, text from chat.session_summaries
               where session_id = :session order by version desc limit 1),
            said as (
              select t.sequence, t.request_text, t.reply_text,
                     row_number() over newest_first as place,
                     sum(octet_length(t.request_text) + octet_length(t.reply_text)) over newest_first as bytes
                from chat.turns t
               where t.session_id = :session and t.state = 'completed' and t.sequence <= :sequence
                 and t.sequence > coalesce((select through_sequence from newest), 0)
              window newest_first as (order by t.sequence desc)),
            due as (
              select sequence, request_text, reply_text,
                     count(*) over () as turns,
                     row_number() over oldest_first as place,
                     sum(octet_length(request_text) + octet_length(reply_text)) over oldest_first as bytes
                from said where place > :keptTurns or bytes > :keptBytes
              window oldest_first as (order by sequence))
            select d.sequence, d.request_text, d.reply_text, n.version, n.through_sequence, n.text
              from due d left join newest n on true
             where d.turns >= :dueTurns and (d.place = 1 or d.bytes <= :mostBytes)
             order by d.sequence
            """;

    private static final String ADD =
            """
            insert into chat.session_summaries
              (session_id, version, through_sequence, text, provider, model, input_tokens, output_tokens, prompt_hash)
            select :session, :version, :through, :text, :provider, :model, :input, :output, :hash
             where :version = 1
                or exists (select from chat.session_summaries where session_id = :session and version = :version - 1)
            on conflict (session_id, version) do nothing
            """;

    private record Due(int sequence, Exchange said, @Nullable Summary previous) {}

    private final DatabaseClient database;
    private final Duration timeLimit;

    /**
     * @param timeLimit for one statement
     */
    public PostgresSummaries(DatabaseClient database, Duration timeLimit) {
        this.database = database;
        this.timeLimit = timeLimit;
    }

    @Override
    public Mono<Recalled> before(UUID session, int sequence, Instant accepted) {
        return database.sql(NEWEST_BEFORE)
                .bind("session", session)
                .bind("sequence", sequence)
                .bind("settled", accepted.minus(SETTLED))
                .map(row -> new Recalled(summary(row), required(row, "turns_since", Integer.class)))
                .one()
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified);
    }

    @Override
    public Mono<Backlog> due(Ended ended, Reach reach) {
        return database.sql(DUE)
                .bind("session", ended.session())
                .bind("sequence", ended.sequence())
                .bind("keptTurns", reach.keptTurns())
                .bind("keptBytes", reach.keptBytes())
                .bind("dueTurns", reach.dueTurns())
                .bind("mostBytes", reach.mostBytes())
                .map(PostgresSummaries::due)
                .all()
                .collectList()
                .filter(turns -> !turns.isEmpty())
                .map(turns -> backlog(ended.session(), turns))
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified);
    }

    private static Due due(Readable row) {
        var said =
                new Exchange(
                        required(row, "request_text", String.class),
                        required(row, "reply_text", String.class));
        var previous = row.get("version", Integer.class) == null ? null : summary(row);
        return new Due(required(row, "sequence", Integer.class), said, previous);
    }

    private static Backlog backlog(UUID session, List<Due> turns) {
        var last = turns.getLast();
        return new Backlog(
                session, last.previous(), turns.stream().map(Due::said).toList(), last.sequence());
    }

    private static Summary summary(Readable row) {
        return new Summary(
                required(row, "version", Integer.class),
                required(row, "through_sequence", Integer.class),
                required(row, "text", String.class));
    }

    @Override
    public Mono<Boolean> add(Backlog backlog, Written written) {
        return database.sql(ADD)
                .bind("session", backlog.session())
                .bind("version", backlog.nextVersion())
                .bind("through", backlog.through())
                .bind("text", written.text())
                .bind("provider", written.provider())
                .bind("model", written.model())
                .bind("input", written.inputTokens())
                .bind("output", written.outputTokens())
                .bind("hash", written.promptHash())
                .fetch()
                .rowsUpdated()
                .map(added -> added == 1)
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified);
    }
}
