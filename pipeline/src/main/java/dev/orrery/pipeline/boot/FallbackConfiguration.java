package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.fallback.FallbackRuleRows;
import dev.orrery.pipeline.fallback.LiveFallbackRules;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.scheduler.Schedulers;

/**
 * The fallback rules, for an app that makes chains. Not for every app, so it is imported: the roles
 * of the others may not read them. They are there before any stage reads and before the web server
 * listens.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FallbackProperties.class)
public class FallbackConfiguration {

    @Bean
    LiveFallbackRules fallbackRules(
            DatabaseClient database,
            FallbackProperties properties,
            MeterRegistry meters,
            Clock clock) {
        return new LiveFallbackRules(
                new FallbackRuleRows(database, properties.readTimeLimit()),
                properties.settings(),
                properties.refresh(),
                meters,
                clock,
                Schedulers.parallel());
    }

    @Bean
    LifecycleStep fallbackRulesStep(LiveFallbackRules rules, FallbackProperties properties) {
        return new LifecycleStep(
                Phases.RULES, () -> rules.start(properties.patience()), rules::stop);
    }
}
