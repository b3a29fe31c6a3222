package dev.orrery.enrichment;

import static java.util.stream.Collectors.toMap;

import dev.orrery.enrichment.birthchart.AstrologySettings;
import dev.orrery.enrichment.birthchart.BirthChartSource;
import dev.orrery.enrichment.cache.CacheSettings;
import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.cache.OutdatedFacts;
import dev.orrery.enrichment.chart.ChartCalculator;
import dev.orrery.enrichment.chartapi.ChartApi;
import dev.orrery.enrichment.chartapi.ChartApiSettings;
import dev.orrery.enrichment.ephemeris.Ephemeris;
import dev.orrery.enrichment.erasure.Eraser;
import dev.orrery.enrichment.facts.Facts;
import dev.orrery.enrichment.rates.RatesSettings;
import dev.orrery.enrichment.rates.RatesSource;
import dev.orrery.enrichment.source.Source;
import dev.orrery.enrichment.weather.WeatherSettings;
import dev.orrery.enrichment.weather.WeatherSource;
import dev.orrery.events.ChatRequested;
import dev.orrery.pipeline.profiles.PostgresProfiles;
import dev.orrery.pipeline.redis.Redis;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    EnrichmentSettings.class,
    CacheSettings.class,
    AstrologySettings.class,
    WeatherSettings.class,
    RatesSettings.class,
    ChartApiSettings.class
})
class EnrichmentConfiguration {

    /** A further kind of data is a further bean like these. */
    @Bean
    BirthChartSource birthChart(
            AstrologySettings settings,
            ChartCalculator calculator,
            Clock clock,
            MeterRegistry meters) {
        return new BirthChartSource(settings, calculator, clock, meters);
    }

    @Bean
    BirthChartSource secondBirthChart(BirthChartSource birthChart) {
        return birthChart.ofSecondProfile();
    }

    @Bean
    WeatherSource weather(WeatherSettings settings, Clock clock, MeterRegistry meters) {
        return new WeatherSource(settings, clock, meters);
    }

    @Bean
    RatesSource exchangeRates(RatesSettings settings, Clock clock, MeterRegistry meters) {
        return new RatesSource(settings, clock, meters);
    }

    @Bean
    ChartCalculator chartCalculator() {
        return new ChartCalculator(Ephemeris.load());
    }

    @Bean
    ChartApi chartApi(
            ChartApiSettings settings,
            ChartCalculator calculator,
            Clock clock,
            MeterRegistry meters) {
        return new ChartApi(settings, calculator, clock, meters);
    }

    @Bean
    RouterFunction<ServerResponse> chartRoutes(ChartApi charts) {
        return charts.routes();
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
    OutdatedFacts outdatedFacts(DatabaseClient database, List<Source<?, ?, ?>> sources) {
        return new OutdatedFacts(
                database,
                sources.stream()
                        .collect(toMap(Source::kind, source -> source.limits().maxStale())));
    }

    @Bean
    Facts facts(List<Source<?, ?, ?>> sources, FactCaches caches, MeterRegistry meters) {
        return Facts.of(sources, caches, meters);
    }

    @Bean
    PostgresProfiles profiles(
            EnrichmentSettings settings, DatabaseClient database, MeterRegistry meters) {
        var profiles = new PostgresProfiles(database, settings.readTimeLimit());
        meters.gauge("orrery.enrichment.profiles", profiles, PostgresProfiles::remembered);
        return profiles;
    }

    @Bean
    Eraser eraser(
            DatabaseClient database,
            PostgresProfiles profiles,
            Facts facts,
            FactCaches caches,
            CacheSettings settings) {
        return new Eraser(database, profiles, facts, caches, settings.lifetime());
    }

    @Bean
    Stage<ChatRequested> enrichment(
            EnrichmentSettings settings, PostgresProfiles profiles, Facts facts, Clock clock) {
        var flow = new EnrichmentFlow(profiles, facts, settings.patience(), clock);
        return Stage.named("enrichment")
                .reading(Topics.CHAT_REQUESTS)
                .writing(Topics.CHAT_CONTEXTS, Topics.CHAT_REPLIES)
                .handledBy(flow::handle);
    }
}
