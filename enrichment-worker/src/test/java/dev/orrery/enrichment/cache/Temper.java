package dev.orrery.enrichment.cache;

import dev.orrery.enrichment.source.SourceLimits;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * How long a replica of a test waits for what. The limits of layers are generous, where a slow
 * machine must not make a miss of a hit.
 */
record Temper(Duration patience, Duration grace, Duration longestWait, Duration failureMemory) {

    static final Duration LAYER_LIMIT = Duration.ofSeconds(2);
    static final Duration MAX_STALE = Duration.ofDays(2);
    static final Duration LONG = Duration.ofMinutes(10);

    /** Waits for nearly everything. */
    static final Temper USUAL = new Temper(Duration.ofSeconds(10), Duration.ZERO, LONG, LONG);

    Temper withPatience(Duration other) {
        return new Temper(other, grace, longestWait, failureMemory);
    }

    Temper withGrace(Duration other) {
        return new Temper(patience, other, longestWait, failureMemory);
    }

    Temper withLongestWait(Duration other) {
        return new Temper(patience, grace, other, failureMemory);
    }

    Temper withFailureMemory(Duration other) {
        return new Temper(patience, grace, longestWait, other);
    }

    CacheSettings settings() {
        return settings(LAYER_LIMIT);
    }

    /** With a limit of the database's own. */
    CacheSettings settings(Duration databaseLimit) {
        return new CacheSettings(
                DataSize.ofMegabytes(1),
                LONG,
                LAYER_LIMIT,
                databaseLimit,
                longestWait,
                failureMemory);
    }

    SourceLimits limits() {
        return new SourceLimits(patience, grace, MAX_STALE);
    }
}
