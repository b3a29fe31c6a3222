package dev.orrery.ingest.bots;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.prompt.Greeting;
import dev.orrery.pipeline.prompt.variables.Profile;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bots that are live. */
@Component
final class Bots {

    /**
     * The list is made to be shown to people; who has more bots than this needs a search and not a
     * list.
     */
    private static final int GREATEST_LIST = 500;

    /**
     * A bot as users see it.
     *
     * @param rating 0 to 5; null when it has none
     * @param greeting what it would say first to the caller now; null for nothing
     * @param requires fields of the profile that have to be there
     */
    record Bot(
            String bot,
            String name,
            String description,
            String type,
            @Nullable String avatar,
            @Nullable Double rating,
            @Nullable String greeting,
            JsonNode price,
            JsonNode requires) {}

    private final Store store;
    private final JsonMapper json;
    private final Clock clock;

    Bots(Store store, JsonMapper json, Clock clock) {
        this.store = store;
        this.json = json;
        this.clock = clock;
    }

    /** As this user sees them. */
    Flux<Bot> live(String user) {
        var statement =
                store.sql(
                                """
                                select bot_id, slug, name, description, bot_type, avatar, price,
                                       (metadata ->> 'character_rating')::float8 as rating,
                                       metadata::text as metadata,
                                       coalesce(metadata -> 'required_fields', '[]') as requires,
                                       coalesce((select p.document
                                                   from chat.users u
                                                   join chat.profiles p
                                                     on p.user_id = u.user_id and p.version = u.profile_version
                                                  where u.user_id = $2), '{}')::text as profile
                                  from chat.bots
                                 where status = 'live' and deleted_at is null
                                 order by rank, created_at, bot_id limit $1
                                """)
                        .bind(0, GREATEST_LIST)
                        .bind(1, user);
        return store.all(statement, this::bot);
    }

    private Bot bot(Readable row) {
        return new Bot(
                required(row, "slug", String.class),
                required(row, "name", String.class),
                required(row, "description", String.class),
                required(row, "bot_type", String.class),
                row.get("avatar", String.class),
                row.get("rating", Double.class),
                greeting(row),
                json.readTree(required(row, "price", String.class)),
                json.readTree(required(row, "requires", String.class)));
    }

    private @Nullable String greeting(Readable row) {
        var words =
                Greeting.ofBot(
                        required(row, "name", String.class),
                        required(row, "description", String.class),
                        json.readTree(required(row, "metadata", String.class)),
                        new Profile(json.readTree(required(row, "profile", String.class))),
                        required(row, "bot_id", UUID.class),
                        clock.instant());
        return words.isEmpty() ? null : words;
    }
}
