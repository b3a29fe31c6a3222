package dev.orrery.ingest.feedback;

import static dev.orrery.pipeline.database.Columns.required;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.Problem;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What users think of the answers they got; said again, it replaces what was said before. */
@Component
final class Feedback {

    /**
     * What is thought of an answer.
     *
     * @param rating up or down
     * @param comment null when nothing more was said
     */
    record Thought(
            @JsonProperty("message_id") UUID message,
            String rating,
            @Nullable String comment,
            Instant updatedAt) {}

    private final Store store;

    Feedback(Store store) {
        this.store = store;
    }

    /** Keeps it. Saying the same again changes nothing, not even the time. */
    Mono<Thought> put(String user, UUID message, String rating, @Nullable String comment) {
        return keep(user, message, rating, comment)
                .flatMap(kept -> find(user, message))
                .switchIfEmpty(Mono.defer(() -> whyNot(user, message)));
    }

    private Mono<Long> keep(String user, UUID message, String rating, @Nullable String comment) {
        var statement =
                store.sql(
                                """
                                insert into chat.feedback as f (turn_id, rating, comment)
                                select t.turn_id, $3, $4 from chat.turns t
                                 where t.turn_id = $1 and t.user_id = $2 and t.state <> 'open'
                                on conflict (turn_id) do update
                                   set rating = excluded.rating, comment = excluded.comment, updated_at = now()
                                 where (f.rating, f.comment) is distinct from (excluded.rating, excluded.comment)
                                """)
                        .bind(0, message)
                        .bind(1, user)
                        .bind(2, rating)
                        .bind(3, Parameters.in(R2dbcType.VARCHAR, comment));
        return store.change(statement);
    }

    private Mono<Thought> find(String user, UUID message) {
        var statement =
                store.sql(
                                """
                                select f.turn_id, f.rating, f.comment, f.updated_at
                                  from chat.feedback f join chat.turns t on t.turn_id = f.turn_id
                                 where f.turn_id = $1 and t.user_id = $2
                                """)
                        .bind(0, message)
                        .bind(1, user);
        return store.one(statement, Feedback::read);
    }

    private Mono<Thought> whyNot(String user, UUID message) {
        var statement =
                store.sql("select 1 as found from chat.turns where turn_id = $1 and user_id = $2")
                        .bind(0, message)
                        .bind(1, user);
        return store.one(statement, row -> true)
                .flatMap(open ->
                        Mono.<Thought>error(
                                new Problem(
                                        ProblemCode.MESSAGE_NOT_FINISHED,
                                        "the message is still being answered"
                                                + " (expected: one that has ended)")))
                .switchIfEmpty(Mono.error(Problem::notFound));
    }

    private static Thought read(Readable row) {
        return new Thought(
                required(row, "turn_id", UUID.class),
                required(row, "rating", String.class),
                row.get("comment", String.class),
                required(row, "updated_at", Instant.class));
    }
}
