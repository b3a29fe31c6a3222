package dev.orrery.llm.gateway.limits;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often services and users may ask, and where that is counted.
 *
 * @param redisUrl {@code redis://host:port}, with {@code rediss} for TLS; may hold a password.
 *     Blank counts in each replica alone
 * @param redisLimit of one decision of Redis; what takes longer is decided here
 * @param service of one service; 50 a second when absent
 * @param user of one user of a service; bursts of 5, one a second, when absent
 */
public record RateSettings(
        @DefaultValue("") String redisUrl,
        @DefaultValue("100ms") Duration redisLimit,
        @Nullable Quota service,
        @Nullable Quota user) {

    private static final Duration SECOND = Duration.ofSeconds(1);

    public RateSettings {
        if (!redisLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.gateway.rates.redis-limit: " + redisLimit + " (expected: above 0)");
        }
    }

    Quota ofService() {
        return service == null ? new Quota(50, 50, SECOND) : service;
    }

    Quota ofUser() {
        return user == null ? new Quota(5, 1, SECOND) : user;
    }

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return "RateSettings[service=" + ofService() + ", user=" + ofUser() + "]";
    }
}
