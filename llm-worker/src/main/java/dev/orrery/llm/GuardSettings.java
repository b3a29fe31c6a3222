package dev.orrery.llm;

import dev.orrery.llm.chain.HedgeSettings;
import dev.orrery.llm.guard.BreakerSettings;
import dev.orrery.llm.guard.ConcurrencySettings;
import dev.orrery.llm.guard.CostSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which calls are not worth making.
 *
 * @param breaker when a target is left alone
 * @param concurrency how many calls of one provider may be in flight
 * @param cost what may be spent in a day
 * @param hedge when a slow call is given a rival
 */
@ConfigurationProperties("orrery.llm")
record GuardSettings(
        @DefaultValue BreakerSettings breaker,
        @DefaultValue ConcurrencySettings concurrency,
        @DefaultValue CostSettings cost,
        @DefaultValue HedgeSettings hedge) {}
