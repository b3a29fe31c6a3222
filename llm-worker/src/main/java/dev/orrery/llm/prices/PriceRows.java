package dev.orrery.llm.prices;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The table {@code llm.prices}. Thread safety: may be read on any thread; never blocks. */
public final class PriceRows {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final DatabaseClient database;

    public PriceRows(DatabaseClient database) {
        this.database = database;
    }

    /** All of them; fails when the database does not answer within 5 s. */
    Mono<PriceList> all() {
        return database.sql(
                        """
                        select provider, model_pattern, effective_from, input_micros, output_micros,
                               coalesce(cached_input_micros, input_micros) as cached_input_micros,
                               coalesce(reasoning_micros, output_micros) as reasoning_micros
                          from llm.prices
                        """)
                .map(PriceRows::entry)
                .all()
                .collectList()
                .map(PriceList::new)
                .timeout(LONGEST_ANSWER);
    }

    private static PriceList.Entry entry(Readable row) {
        return new PriceList.Entry(
                present(row.get("provider", String.class)),
                present(row.get("model_pattern", String.class)),
                present(row.get("effective_from", Instant.class)),
                new Price(
                        present(row.get("input_micros", Long.class)),
                        present(row.get("output_micros", Long.class)),
                        present(row.get("cached_input_micros", Long.class)),
                        present(row.get("reasoning_micros", Long.class))));
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value, "BUG: a column of llm.prices is null");
    }
}
