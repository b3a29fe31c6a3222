package dev.orrery.enrichment;

import dev.orrery.enrichment.birthchart.AstrologySettings;
import dev.orrery.enrichment.birthchart.BirthChartSource;
import dev.orrery.enrichment.cache.CacheSettings;
import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.facts.Facts;
import dev.orrery.enrichment.profiles.PostgresProfiles;
import dev.orrery.pipeline.redis.Redis;
import dev.orrery.enrichment.source.Source;
import dev.orrery.events.ChatRequested;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    EnrichmentSettings.class,
    CacheSettings.class,
    AstrologySettings.class
})
class EnrichmentConfiguration {

    /** A further kind of data is a further bean like this one. */
    @Bean
    BirthChartSource birthChart(AstrologySettings settings, Clock clock, MeterRegistry meters) {
        return new BirthChartSource(settings, clock, meters);
    }

    @Bean
    Redis redis(EnrichmentSettings settings, CacheSettings cache) {
        return new Redis(settings.redisUrl(), cache.redisLimit());
    }

    @Bean
    FactCaches factCaches(
            CacheSettings settings,
            Redis redis,
            DatabaseClient database,
            Clock clock,
            MeterRegistry meters) {
        return new FactCaches(settings, redis, database, clock, meters);
    }

    @Bean
    Facts facts(List<Source<?, ?, ?>> sources, FactCaches caches, MeterRegistry meters) {
        return Facts.of(sources, caches, meters);
    }

    @Bean
    Stage<ChatRequested> enrichment(
            EnrichmentSettings settings, DatabaseClient database, Facts facts, Clock clock) {
        var profiles = new PostgresProfiles(database, settings.readTimeLimit());
        var flow = new EnrichmentFlow(profiles, facts, settings.patience(), clock);
        return Stage.named("enrichment")
                .reading(Topics.CHAT_REQUESTS)
                .writing(Topics.CHAT_CONTEXTS, Topics.CHAT_REPLIES)
                .handledBy(flow::handle);
    }
}
