package dev.orrery.llm;

import dev.orrery.llm.chain.CallListener;
import dev.orrery.llm.chain.CallMeters;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.chain.Gates;
import dev.orrery.llm.chain.Hedging;
import dev.orrery.llm.gateway.GatewayModels;
import dev.orrery.llm.gateway.request.Endpoints;
import dev.orrery.llm.guard.Breakers;
import dev.orrery.llm.guard.Ceiling;
import dev.orrery.llm.guard.Places;
import dev.orrery.llm.guard.SharedSpending;
import dev.orrery.llm.guard.Spending;
import dev.orrery.llm.guard.SpendingRows;
import dev.orrery.llm.prices.PriceBook;
import dev.orrery.llm.prices.PriceRows;
import dev.orrery.llm.provider.Providers;
import dev.orrery.llm.telemetry.GenerationSpans;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.telemetry.CaptureSettings;
import dev.orrery.pipeline.telemetry.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** The chain, and whoever may refuse its calls or listens to them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GuardSettings.class)
class GuardConfiguration {

    @Bean
    CallMeters callMeters(MeterRegistry meters) {
        return new CallMeters(meters);
    }

    @Bean
    GenerationSpans generationSpans(Spans spans, CaptureSettings capture) {
        return new GenerationSpans(spans, capture);
    }

    @Bean
    PriceBook priceBook(DatabaseClient database, Clock clock, Ticker ticker) {
        return new PriceBook(new PriceRows(database), clock, ticker);
    }

    @Bean
    Spending spending(Clock clock) {
        return new Spending(clock);
    }

    @Bean
    CostsLifecycle costsLifecycle(
            PriceBook prices, Spending spending, DatabaseClient database, Ticker ticker) {
        var rows = new SpendingRows(database, UUID.randomUUID());
        return new CostsLifecycle(prices, new SharedSpending(spending, rows, ticker));
    }

    /** A call that may not be paid takes no probe and no place of one that may. */
    @Bean
    Gates gates(
            GuardSettings settings,
            Spending spending,
            PriceBook prices,
            Ticker ticker,
            MeterRegistry meters) {
        return new Gates(
                new Ceiling(settings.cost(), spending, prices, meters),
                new Breakers(settings.breaker(), ticker, meters),
                new Places(settings.concurrency(), ticker, meters));
    }

    @Bean
    FallbackChain fallbackChain(
            Providers providers,
            Endpoints endpoints,
            Gates gates,
            PriceBook prices,
            List<CallListener> listeners,
            LlmSettings settings,
            GuardSettings guards,
            @Value("${orrery.fallback.literal:false}") boolean literal,
            Ticker ticker,
            Clock clock) {
        return new FallbackChain(
                new GatewayModels(providers, endpoints),
                gates,
                prices,
                listeners,
                new Hedging(guards.hedge()),
                new FallbackChain.Settings(settings.maxReplyChars(), literal),
                ticker,
                clock);
    }
}
