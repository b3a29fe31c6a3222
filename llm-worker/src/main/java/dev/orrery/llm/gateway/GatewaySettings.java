package dev.orrery.llm.gateway;

import dev.orrery.llm.gateway.limits.RateSettings;
import dev.orrery.llm.gateway.repeats.RepeatSettings;
import dev.orrery.llm.gateway.request.CallLimits;
import dev.orrery.llm.gateway.reuse.ReuseSettings;
import dev.orrery.pipeline.gateway.tokens.TokenSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the gateway works.
 *
 * @param tokens who may call
 * @param limits how long a call may take
 * @param rates how often a service and a user may call
 * @param cache which answers are given more than once
 * @param repeats how long answers are known again by their request ids
 * @param maxBody the largest body that is read, 1 KB to 16 MB
 * @param idle 10 ms to 1 h; how long a connection may be without a request, or with the beginning
 *     of one whose head does not come on
 * @param stalledReader 2 ms to 1 h; a reader that takes nothing of what waits for it is cut off
 *     within this time, and with that its call to a provider
 */
@ConfigurationProperties("orrery.gateway")
record GatewaySettings(
        @DefaultValue TokenSettings tokens,
        @DefaultValue CallLimits limits,
        @DefaultValue RateSettings rates,
        @DefaultValue ReuseSettings cache,
        @DefaultValue RepeatSettings repeats,
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("60s") Duration idle,
        @DefaultValue("30s") Duration stalledReader) {

    private static final DataSize LEAST_BODY = DataSize.ofKilobytes(1);
    private static final Duration SHORTEST_IDLE = Duration.ofMillis(10);
    private static final Duration LONGEST_IDLE = Duration.ofHours(1);
    private static final Duration LONGEST_STALL = Duration.ofHours(1);
    private static final DataSize GREATEST_BODY = DataSize.ofMegabytes(16);

    GatewaySettings {
        if (maxBody.compareTo(LEAST_BODY) < 0 || maxBody.compareTo(GREATEST_BODY) > 0) {
            throw new IllegalArgumentException(
                    "orrery.gateway.max-body: " + maxBody + " (expected: 1KB to 16MB)");
        }
        if (idle.compareTo(SHORTEST_IDLE) < 0 || idle.compareTo(LONGEST_IDLE) > 0) {
            throw new IllegalArgumentException(
                    "orrery.gateway.idle: " + idle + " (expected: 10ms to 1h)");
        }
        if (stalledReader.toMillis() < 2 || stalledReader.compareTo(LONGEST_STALL) > 0) {
            throw new IllegalArgumentException(
                    "orrery.gateway.stalled-reader: " + stalledReader + " (expected: 2ms to 1h)");
        }
    }

    int maxBodyBytes() {
        return Math.toIntExact(maxBody.toBytes());
    }
}
