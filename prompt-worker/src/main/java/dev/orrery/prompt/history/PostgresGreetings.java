package dev.orrery.prompt.history;

import static dev.orrery.pipeline.database.Columns.required;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orrery.pipeline.database.DatabaseFailures;
import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * {@link Greetings} on {@code chat.sessions}: read with the first turn of a session, which has no
 * history to read, and kept while the session is going on.
 */
public final class PostgresGreetings implements Greetings {

    private static final Duration UNUSED = Duration.ofMinutes(10);

    /** In UTF-16 units, about twice as many bytes. */
    private static final long MOST_REMEMBERED = 8L * 1024 * 1024;

    /** What a session weighs besides its greeting, in the same unit. */
    private static final int BASE_WEIGHT = 64;

    private final DatabaseClient database;
    private final Duration timeLimit;
    private final Cache<UUID, String> remembered =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_REMEMBERED)
                    .weigher((UUID session, String greeting) -> BASE_WEIGHT + greeting.length())
                    .expireAfterAccess(UNUSED)
                    .build();

    /**
     * @param timeLimit for one read
     */
    public PostgresGreetings(DatabaseClient database, Duration timeLimit) {
        this.database = database;
        this.timeLimit = timeLimit;
    }

    @Override
    public Mono<String> of(UUID session) {
        return Mono.justOrEmpty(remembered.getIfPresent(session))
                .switchIfEmpty(Mono.defer(() -> read(session)));
    }

    private Mono<String> read(UUID session) {
        return database.sql(
                        "select coalesce(greeting, '') as greeting from chat.sessions where session_id = :session")
                .bind("session", session)
                .map(row -> required(row, "greeting", String.class))
                .one()
                .defaultIfEmpty("")
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified)
                .doOnNext(greeting -> remembered.put(session, greeting));
    }
}
