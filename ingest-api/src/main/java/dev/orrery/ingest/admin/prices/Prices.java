package dev.orrery.ingest.admin.prices;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.admin.changes.Changes;
import dev.orrery.ingest.admin.providers.ProviderRegistry;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code llm.prices}: added to, never changed. */
@Component
final class Prices {

    private final Store store;
    private final ProviderRegistry registry;
    private final Changes changes;
    private final Clock clock;

    Prices(Store store, ProviderRegistry registry, Changes changes, Clock clock) {
        this.store = store;
        this.registry = registry;
        this.changes = changes;
        this.clock = clock;
    }

    /** By provider and pattern, the latest first. */
    Mono<Page<Price>> list(PageRequest asked) {
        var statement =
                store.sql(
                                """
                                select provider, model_pattern, effective_from, input_micros, output_micros,
                                       cached_input_micros, reasoning_micros
                                  from llm.prices
                                 where (provider, model_pattern) > ($1, $2)
                                    or (provider, model_pattern) = ($1, $2) and effective_from < $3
                                 order by provider, model_pattern, effective_from desc limit $4
                                """)
                        .bind(0, asked.afterText(0))
                        .bind(1, asked.afterText(1))
                        .bind(2, asked.after().time())
                        .bind(3, asked.limitAndOne());
        return store.all(statement, Prices::read)
                .collectList()
                .map(found -> Page.of(found, asked, Price::cursor));
    }

    Mono<Price> add(String actor, Fields document) {
        return registry.enabled()
                .map(providers -> Price.of(document, providers, clock))
                .flatMap(price ->
                        store.together(
                                insert(price)
                                        .filter(inserted -> inserted == 1)
                                        .flatMap(inserted ->
                                                changes.note(
                                                                actor,
                                                                "add_price",
                                                                price.subject(),
                                                                null,
                                                                price)
                                                        .thenReturn(price))))
                .switchIfEmpty(
                        Mono.error(() ->
                                new Problem(
                                        ProblemCode.CONFLICT,
                                        "effective_from: there is a price of that moment"
                                                + " (expected: another moment, prices do not change)")));
    }

    private Mono<Long> insert(Price price) {
        var statement =
                store.sql(
                                """
                                insert into llm.prices (provider, model_pattern, effective_from, input_micros,
                                                        output_micros, cached_input_micros, reasoning_micros)
                                values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
                                """)
                        .bind(0, price.provider())
                        .bind(1, price.modelPattern())
                        .bind(2, price.effectiveFrom())
                        .bind(3, price.inputMicros())
                        .bind(4, price.outputMicros())
                        .bind(5, Parameters.in(R2dbcType.BIGINT, price.cachedInputMicros()))
                        .bind(6, Parameters.in(R2dbcType.BIGINT, price.reasoningMicros()));
        return store.change(statement);
    }

    private static Price read(Readable row) {
        return new Price(
                required(row, "provider", String.class),
                required(row, "model_pattern", String.class),
                required(row, "effective_from", Instant.class),
                required(row, "input_micros", Long.class),
                required(row, "output_micros", Long.class),
                row.get("cached_input_micros", Long.class),
                row.get("reasoning_micros", Long.class));
    }
}
