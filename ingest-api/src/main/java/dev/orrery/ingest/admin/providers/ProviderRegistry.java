package dev.orrery.ingest.admin.providers;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.store.Store;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code chat.providers}. */
@Component
public final class ProviderRegistry {

    /** Far more than there are. */
    private static final int MOST_PROVIDERS = 1_000;

    private final Store store;

    ProviderRegistry(Store store) {
        this.store = store;
    }

    /** Those that are enabled. */
    public Mono<Providers> enabled() {
        var statement =
                store.sql("select code, regions from chat.providers where enabled limit $1")
                        .bind(0, MOST_PROVIDERS);
        return store.all(statement, ProviderRegistry::read)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(Providers::new);
    }

    private static Map.Entry<String, List<String>> read(Readable row) {
        return Map.entry(
                required(row, "code", String.class),
                List.of(required(row, "regions", String[].class)));
    }
}
