package dev.orrery.enrichment.cache;

import dev.orrery.enrichment.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * What tests of the cache have in common: replicas over one Redis and one PostgreSQL, and a note
 * that a service says when it is asked. Each test asks a question of its own.
 */
abstract class AskedNote {

    static final Instant NOW = Instant.parse("2026-07-16T10:00:00Z");
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration PATIENCE = Temper.USUAL.patience();

    static Replicas replicas;

    final ManualClock clock = new ManualClock(NOW);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Key key = Key.of("note", 1, () -> "note " + UUID.randomUUID());
    final NoteService service = new NoteService("hello", NOW.plus(HOUR));

    @BeforeAll
    static void start() {
        replicas = new Replicas();
    }

    @AfterAll
    static void stop() throws SQLException {
        replicas.close();
    }

    final Found<Note> find(FactCache<Note> cache) {
        return cache.find(key, service.fetch()).blockOptional(PATIENCE).orElseThrow();
    }

    final FactCache<Note> replica() {
        return replica(Temper.USUAL);
    }

    final FactCache<Note> replica(Temper temper) {
        return replicas.one(temper, clock, meters);
    }
}
