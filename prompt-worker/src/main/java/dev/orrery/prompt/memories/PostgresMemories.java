package dev.orrery.prompt.memories;

import static dev.orrery.pipeline.database.Columns.required;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** {@link Memories} on {@code chat.memories}, remembered for a short while. */
public final class PostgresMemories implements Memories {

    private static final Logger log = LoggerFactory.getLogger(PostgresMemories.class);

    /** Texts of a hundred memories take about 50 KiB at most, and usually one. */
    private static final int MOST_USERS = 2_000;

    private record Memory(String text, Instant at) {}

    private final DatabaseClient database;
    private final Duration timeLimit;
    private final Counter unread;
    private final Cache<String, List<Memory>> remembered;

    /**
     * @param timeLimit for one read; an answer does not wait longer for memories
     * @param freshness how long they are remembered, and with that how late a change is seen
     */
    public PostgresMemories(
            DatabaseClient database, Duration timeLimit, Duration freshness, MeterRegistry meters) {
        this.database = database;
        this.timeLimit = timeLimit;
        this.unread = meters.counter("orrery.prompt.memories.unread");
        this.remembered =
                Caffeine.newBuilder().maximumSize(MOST_USERS).expireAfterWrite(freshness).build();
    }

    @Override
    public Mono<List<String>> of(String user, Instant upTo) {
        return Mono.justOrEmpty(remembered.getIfPresent(user))
                .switchIfEmpty(Mono.defer(() -> read(user)))
                .map(memories ->
                        memories.stream()
                                .filter(memory -> !memory.at().isAfter(upTo))
                                .map(Memory::text)
                                .toList());
    }

    private Mono<List<Memory>> read(String user) {
        return database.sql(
                        """
                        select text, created_at
                          from (select text, created_at, memory_id from chat.memories
                                 where user_id = :user order by created_at desc, memory_id desc limit 100) newest
                         order by created_at, memory_id
                        """)
                .bind("user", user)
                .map(row ->
                        new Memory(
                                required(row, "text", String.class),
                                required(row, "created_at", Instant.class)))
                .all()
                .collectList()
                .timeout(timeLimit)
                .doOnNext(read -> remembered.put(user, read))
                .onErrorResume(this::unread);
    }

    /** Not remembered: the next turn tries again. */
    private Mono<List<Memory>> unread(Throwable failure) {
        unread.increment();
        log.warn("Memories could not be read, a prompt goes without: cause={}", failure.toString());
        return Mono.just(List.of());
    }
}
