package dev.orrery.enrichment.cache;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.enrichment.FactsDatabase;
import dev.orrery.pipeline.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Caches over the same real Redis and PostgreSQL. Each has a memory of its own, as in a process of
 * its own.
 */
final class Replicas implements AutoCloseable {

    private final FactsDatabase database = new FactsDatabase();
    private final Redis redis = new Redis(SharedServers.redis().url(), Temper.LAYER_LIMIT);

    Replicas() {
        redis.ask(commands -> commands.ping()).block();
    }

    FactsDatabase database() {
        return database;
    }

    Redis redis() {
        return redis;
    }

    FactCache<Note> one(Temper temper, Clock clock, MeterRegistry meters) {
        return caches(temper, redis, database.asWorker(), clock, meters)
                .of(Note.class, temper.limits());
    }

    /** One that knows another database. */
    FactCache<Note> without(DatabaseClient client, Clock clock, MeterRegistry meters) {
        return caches(Temper.USUAL, redis, client, clock, meters)
                .of(Note.class, Temper.USUAL.limits());
    }

    static FactCaches caches(
            Temper temper,
            Redis redis,
            DatabaseClient database,
            Clock clock,
            MeterRegistry meters) {
        return new FactCaches(temper.settings(), redis, database, clock, meters);
    }

    @Override
    public void close() throws SQLException {
        redis.close();
        database.close();
    }
}
