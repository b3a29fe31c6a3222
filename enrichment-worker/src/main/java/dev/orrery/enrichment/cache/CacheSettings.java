package dev.orrery.enrichment.cache;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How answers are kept.
 *
 * @param instanceWeight of the entries in this process's memory, at least 64 KB
 * @param lifetime of an entry in this process's memory and in Redis, whatever its freshness
 * @param redisLimit of one command, waiting for the connection included
 * @param databaseLimit of one statement, waiting for a connection included
 * @param longestWait for the answer that another replica is fetching; 0 for not at all
 * @param failureMemory how long a question that failed is not asked again
 */
@ConfigurationProperties("orrery.enrichment.cache")
public record CacheSettings(
        @DefaultValue("64MB") DataSize instanceWeight,
        @DefaultValue("600s") Duration lifetime,
        @DefaultValue("50ms") Duration redisLimit,
        @DefaultValue("300ms") Duration databaseLimit,
        @DefaultValue("2s") Duration longestWait,
        @DefaultValue("30s") Duration failureMemory) {

    private static final DataSize LEAST_WEIGHT = DataSize.ofKilobytes(64);

    public CacheSettings {
        if (instanceWeight.compareTo(LEAST_WEIGHT) < 0) {
            throw new IllegalArgumentException(
                    "orrery.enrichment.cache.instance-weight: "
                            + instanceWeight
                            + " (expected: at least "
                            + LEAST_WEIGHT
                            + ")");
        }
        requirePositive("lifetime", lifetime);
        requirePositive("redis-limit", redisLimit);
        requirePositive("database-limit", databaseLimit);
        requirePositive("failure-memory", failureMemory);
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException(
                    "orrery.enrichment.cache.longest-wait: "
                            + longestWait
                            + " (expected: 0 or more)");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.enrichment.cache." + name + ": " + value + " (expected: above 0)");
        }
    }
}
