package dev.orrery.llm.gateway;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.gateway.audit.AuditFilter;
import dev.orrery.llm.gateway.limits.RateLimits;
import dev.orrery.llm.gateway.repeats.Repeats;
import dev.orrery.llm.gateway.request.Endpoints;
import dev.orrery.llm.gateway.request.RequestReader;
import dev.orrery.llm.gateway.reuse.Answers;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.boot.FallbackConfiguration;
import dev.orrery.pipeline.fallback.Fallbacks;
import dev.orrery.pipeline.gateway.tokens.ServiceTokens;
import dev.orrery.pipeline.http.StalledReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The gateway, where it is offered. It is given the chain that it runs, whose models know what
 * {@link GatewayModels} know.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(GatewayIsOffered.class)
@EnableConfigurationProperties(GatewaySettings.class)
@Import(FallbackConfiguration.class)
class GatewayConfiguration {

    private static final String EVERYTHING = "/v1/**";
    private static final String GENERATE = "/v1/generate";

    @Bean
    AuditFilter gatewayAudit(Ticker ticker, MeterRegistry meters) {
        return new AuditFilter(EVERYTHING, ticker, meters);
    }

    @Bean
    ProblemWriter gatewayProblems() {
        return new ProblemWriter();
    }

    @Bean
    RateLimits gatewayRates(GatewaySettings settings, Ticker ticker, MeterRegistry meters) {
        return RateLimits.open(settings.rates(), ticker, meters);
    }

    @Bean
    NettyServerCustomizer gatewayConnections(GatewaySettings settings) {
        return server ->
                server.idleTimeout(settings.idle())
                        .doOnChannelInit((observer, channel, remote) ->
                                channel.pipeline()
                                        .addFirst(new StalledReader(settings.stalledReader())));
    }

    @Bean
    Repeats gatewayRepeats(GatewaySettings settings, Ticker ticker, MeterRegistry meters) {
        return Repeats.open(settings.repeats(), settings.rates().redisUrl(), ticker, meters);
    }

    @Bean
    Generations gatewayGenerations(
            FallbackChain chain,
            Repeats repeats,
            GatewaySettings settings,
            Clock clock,
            Ticker ticker) {
        var answers = new Answers(settings.cache(), clock, ticker);
        return new Generations(new ChainRuns(chain), answers, repeats, clock);
    }

    @Bean
    RouterFunction<ServerResponse> gateway(
            GatewaySettings settings,
            RateLimits rates,
            Generations generations,
            Fallbacks rules,
            Endpoints endpoints,
            Clock clock,
            Ticker ticker) {
        var reader =
                new RequestReader(
                        settings.maxBodyBytes(),
                        settings.limits(),
                        new RuledFollowUps(rules),
                        endpoints,
                        ticker);
        var endpoint =
                new GenerateEndpoint(
                        new ServiceTokens(settings.tokens(), clock), rates, reader, generations);
        return RouterFunctions.route(path(GENERATE).or(path(GENERATE + "/")), endpoint::generate)
                .andRoute(path(EVERYTHING), endpoint::unknown);
    }
}
