package dev.orrery.pipeline.profiles;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.orrery.pipeline.database.Columns;
import dev.orrery.pipeline.database.DatabaseFailures;
import java.time.Duration;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link Profiles} on {@code chat.profiles}. A version never changes, so it is remembered for a
 * while, but not for ever, however often it is read: its user may take it back.
 *
 * <p>Thread safety: may be used on any thread; never blocks.
 */
public final class PostgresProfiles implements Profiles {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final int MOST_PROFILES = 50_000;

    /**
     * Since it was read. Long enough for a conversation, short enough that nobody's data lingers.
     */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private record Key(String user, int version) {}

    private final DatabaseClient database;
    private final Duration timeLimit;
    private final Cache<Key, Profile> remembered;

    /**
     * @param timeLimit for one read
     */
    public PostgresProfiles(DatabaseClient database, Duration timeLimit) {
        this(database, timeLimit, Ticker.systemTicker());
    }

    PostgresProfiles(DatabaseClient database, Duration timeLimit, Ticker ticker) {
        this.database = database;
        this.timeLimit = timeLimit;
        this.remembered =
                Caffeine.newBuilder()
                        .maximumSize(MOST_PROFILES)
                        .expireAfterWrite(MEMORY)
                        .ticker(ticker)
                        .build();
    }

    @Override
    public Mono<Profile> of(String user, int version) {
        if (version == 0) {
            return Mono.just(Profile.EMPTY);
        }
        var key = new Key(user, version);
        return Mono.justOrEmpty(remembered.getIfPresent(key))
                .switchIfEmpty(Mono.defer(() -> read(key)))
                .defaultIfEmpty(Profile.EMPTY);
    }

    /** Remembers nothing of these users any more; looks through all that is remembered. */
    public void forget(Set<String> users) {
        remembered.asMap().keySet().removeIf(key -> users.contains(key.user()));
    }

    /** How many are remembered, about; at most 50,000. */
    public long remembered() {
        return remembered.estimatedSize();
    }

    private Mono<Profile> read(Key key) {
        return database.sql(
                        """
                        select document::text as document from chat.profiles
                         where user_id = :user and version = :version
                        """)
                .bind("user", key.user())
                .bind("version", key.version())
                .map(row -> Columns.required(row, "document", String.class))
                .one()
                .map(document -> new Profile(JSON.readTree(document)))
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified)
                .doOnNext(profile -> remembered.put(key, profile));
    }
}
