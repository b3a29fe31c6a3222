package dev.orrery.llm.guard;

import dev.orrery.llm.chain.Spenders;
import dev.orrery.llm.prices.Price;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be spent on models in a UTC day, in US dollars.
 *
 * @param dailyLimit by everybody together; null: no limit
 * @param dailyLimitPerBot by any one bot that has no limit of its own; null: no limit
 * @param dailyLimitPerService by any one service of the gateway that has no limit of its own; null:
 *     no limit
 * @param dailyLimits by a bot's id, or by a service's name behind {@code service:}
 * @param unpricedPerMillion what a million tokens of a model are taken to cost whose price is not
 *     known, of the prompt and of the answer; counts only towards a limit
 */
public record CostSettings(
        @Nullable BigDecimal dailyLimit,
        @Nullable BigDecimal dailyLimitPerBot,
        @Nullable BigDecimal dailyLimitPerService,
        @DefaultValue Map<String, BigDecimal> dailyLimits,
        @DefaultValue("75") BigDecimal unpricedPerMillion) {

    /** As much as the dearest of the common models take for their answers. */
    public static final BigDecimal UNPRICED = BigDecimal.valueOf(75);

    private static final int MICROS_ARE_TEN_TO_THE = 6;
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    public CostSettings {
        checked("daily-limit", dailyLimit);
        checked("daily-limit-per-bot", dailyLimitPerBot);
        checked("daily-limit-per-service", dailyLimitPerService);
        checked("unpriced-per-million", unpricedPerMillion);
        dailyLimits = Map.copyOf(dailyLimits);
        dailyLimits.forEach((spender, limit) -> checked("daily-limits." + spender, limit));
    }

    /** No limit at all. */
    public static CostSettings unlimited() {
        return new CostSettings(null, null, null, Map.of(), UNPRICED);
    }

    /** For everybody, in micros; the largest number there is when there is no limit. */
    long limitMicros() {
        return micros(dailyLimit);
    }

    /** For one spender, in micros. */
    long limitMicros(String spender) {
        var own = dailyLimits.get(spender);
        return micros(own == null ? dailyLimitPerOne(spender) : own);
    }

    /** Whether what this spender spends counts towards a limit. */
    boolean isLimited(@Nullable String spender) {
        return limitMicros() < Long.MAX_VALUE
                || (spender != null && limitMicros(spender) < Long.MAX_VALUE);
    }

    /** What a model of unknown price is taken to cost. */
    Price unpriced() {
        long micros = micros(unpricedPerMillion);
        return new Price(micros, micros, micros, micros);
    }

    private @Nullable BigDecimal dailyLimitPerOne(String spender) {
        return Spenders.isService(spender) ? dailyLimitPerService : dailyLimitPerBot;
    }

    private static long micros(@Nullable BigDecimal dollars) {
        return dollars == null
                ? Long.MAX_VALUE
                : dollars.movePointRight(MICROS_ARE_TEN_TO_THE).longValue();
    }

    private static void checked(String name, @Nullable BigDecimal dollars) {
        if (dollars != null && (dollars.signum() < 0 || dollars.compareTo(MOST) > 0)) {
            throw new IllegalArgumentException(
                    "orrery.llm.cost.%s: %s (expected: 0 to %s US dollars)"
                            .formatted(name, dollars, MOST));
        }
    }
}
