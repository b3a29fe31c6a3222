package dev.orrery.llm.guard;

import dev.orrery.pipeline.database.Columns;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The table {@code llm.spending}. Thread safety: may be used on any thread; never blocks. */
public final class SpendingRows {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);
    private static final int KEPT_DAYS = 90;

    private final DatabaseClient database;
    private final UUID process;

    /**
     * @param process an id that no other process has, also not this one after a restart
     */
    public SpendingRows(DatabaseClient database, UUID process) {
        this.database = database;
        this.process = process;
    }

    /** Tells the others what this process has spent on a day, all in all. May be told again. */
    Mono<Void> write(LocalDate day, Map<String, Long> micros) {
        if (micros.isEmpty()) {
            return Mono.empty();
        }
        var lines = List.copyOf(micros.entrySet());
        return database.sql(
                        """
                        insert into llm.spending (day, process, spender, micros)
                        select :day, :process, told.spender, told.micros
                          from unnest(:spenders, :amounts) as told (spender, micros)
                        on conflict (day, process, spender)
                          do update set micros = greatest(spending.micros, excluded.micros)
                        """)
                .bind("day", day)
                .bind("process", process)
                .bind("spenders", lines.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .bind("amounts", lines.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .then()
                .timeout(LONGEST_ANSWER);
    }

    /** What all other processes have spent on a day, by spender. */
    Mono<Map<String, Long>> ofOthers(LocalDate day) {
        return database.sql(
                        """
                        select spender, least(sum(micros), 9223372036854775807)::bigint as micros
                          from llm.spending
                         where day = :day and process <> :process
                         group by spender
                        """)
                .bind("day", day)
                .bind("process", process)
                .map(row ->
                        Map.entry(
                                Columns.required(row, "spender", String.class),
                                Columns.required(row, "micros", Long.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(LONGEST_ANSWER);
    }

    /** Forgets what was spent more than 90 days before this one. */
    Mono<Void> forgetBefore(LocalDate today) {
        return database.sql("delete from llm.spending where day < :day")
                .bind("day", today.minusDays(KEPT_DAYS))
                .then()
                .timeout(LONGEST_ANSWER);
    }
}
