package dev.orrery.ingest.sessions;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.prompt.Greeting;
import dev.orrery.pipeline.prompt.variables.Profile;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What bots say first: rendered for one user when a session begins, and never again. */
@Component
final class OpeningWords {

    private final Store store;
    private final JsonMapper json;
    private final Clock clock;

    OpeningWords(Store store, JsonMapper json, Clock clock) {
        this.store = store;
        this.json = json;
        this.clock = clock;
    }

    /** Empty text for a bot that waits to be asked. */
    Mono<String> of(String slug, String user, UUID session) {
        var statement =
                store.sql(
                                """
                                select b.name, b.description, b.metadata::text as metadata,
                                       coalesce(p.document, '{}')::text as profile
                                  from chat.bots b
                                  left join chat.users u on u.user_id = $2
                                  left join chat.profiles p on p.user_id = u.user_id and p.version = u.profile_version
                                 where b.slug = $1 and b.metadata ->> 'greeting' is not null
                                """)
                        .bind(0, slug)
                        .bind(1, user);
        return store.one(statement, row -> rendered(row, session)).defaultIfEmpty("");
    }

    private String rendered(Readable row, UUID session) {
        return Greeting.ofBot(
                required(row, "name", String.class),
                required(row, "description", String.class),
                json.readTree(required(row, "metadata", String.class)),
                new Profile(json.readTree(required(row, "profile", String.class))),
                session,
                clock.instant());
    }
}
