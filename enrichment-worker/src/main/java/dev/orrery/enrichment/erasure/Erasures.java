package dev.orrery.enrichment.erasure;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.pipeline.profiles.Profile;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code chat.erasures}. Time is PostgreSQL's, so that all replicas agree on what is old. */
final class Erasures {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final DatabaseClient database;
    private final Duration memory;

    /**
     * @param memory how long a cache may hold what was put there while the profile was being erased
     */
    Erasures(DatabaseClient database, Duration memory) {
        this.database = database;
        this.memory = memory;
    }

    /** All that stand, oldest first. */
    Flux<ErasedProfile> standing() {
        return database.sql(
                        """
                        select user_id, version, document::text as document,
                               erased_at < now() - make_interval(secs => :memory) as old
                          from chat.erasures order by erased_at, user_id, version
                        """)
                .bind("memory", (double) memory.toSeconds())
                .map(Erasures::erased)
                .all();
    }

    private static ErasedProfile erased(Readable row) {
        return new ErasedProfile(
                required(row, "user_id", String.class),
                required(row, "version", Integer.class),
                new Profile(JSON.readTree(required(row, "document", String.class))),
                required(row, "old", Boolean.class));
    }

    /** Deletes what was handed over, the last copy of these profiles. */
    Mono<Void> done(List<ErasedProfile> erased) {
        return database.sql(
                        """
                        delete from chat.erasures e
                         using unnest(:users, :versions) as done (user_id, version)
                         where e.user_id = done.user_id and e.version = done.version
                        """)
                .bind("users", erased.stream().map(ErasedProfile::user).toArray(String[]::new))
                .bind(
                        "versions",
                        erased.stream().map(ErasedProfile::version).toArray(Integer[]::new))
                .then();
    }
}
