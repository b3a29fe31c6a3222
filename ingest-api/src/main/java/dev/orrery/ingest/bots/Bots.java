package dev.orrery.ingest.bots;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.store.Store;
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
     * @param greeting what it says first; null for nothing
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

    Bots(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    Flux<Bot> live() {
        var statement =
                store.sql(
                                """
                                select slug, name, description, bot_type, avatar, price,
                                       (metadata ->> 'character_rating')::float8 as rating,
                                       metadata ->> 'greeting' as greeting,
                                       coalesce(metadata -> 'required_fields', '[]') as requires
                                  from chat.bots
                                 where status = 'live' and deleted_at is null
                                 order by rank, created_at, bot_id limit $1
                                """)
                        .bind(0, GREATEST_LIST);
        return store.all(
                statement,
                row ->
                        new Bot(
                                required(row, "slug", String.class),
                                required(row, "name", String.class),
                                required(row, "description", String.class),
                                required(row, "bot_type", String.class),
                                row.get("avatar", String.class),
                                row.get("rating", Double.class),
                                row.get("greeting", String.class),
                                json.readTree(required(row, "price", String.class)),
                                json.readTree(required(row, "requires", String.class))));
    }
}
