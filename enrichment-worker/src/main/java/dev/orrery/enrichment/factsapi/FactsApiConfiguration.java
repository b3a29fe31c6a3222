package dev.orrery.enrichment.factsapi;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import dev.orrery.enrichment.facts.Facts;
import dev.orrery.pipeline.http.ProblemDocuments;
import dev.orrery.pipeline.profiles.Profiles;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Facts over HTTP, where they are offered. */
@Configuration(proxyBeanMethods = false)
@Conditional(FactsApiIsOffered.class)
@EnableConfigurationProperties(FactsApiSettings.class)
class FactsApiConfiguration {

    private static final String EVERYTHING = "/v1/facts/**";
    private static final String ONE_KIND = "/v1/facts/{kind}";

    @Bean
    FactsApiWatch factsApiWatch(MeterRegistry meters) {
        return new FactsApiWatch(
                EVERYTHING, meters, new ProblemDocuments(JsonMapper.builder().build()));
    }

    @Bean
    RouterFunction<ServerResponse> factsApi(
            FactsApiSettings settings, Profiles profiles, Facts facts, Clock clock) {
        var endpoint = new FactsEndpoint(settings, profiles, facts, clock);
        return RouterFunctions.route(path(ONE_KIND), endpoint::answer)
                .andRoute(path(EVERYTHING), endpoint::unknown);
    }
}
