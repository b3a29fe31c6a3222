package dev.orrery.llm.tools.facts;

import dev.orrery.pipeline.gateway.GatewayAccess;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where facts are asked for.
 *
 * @param url the enrichment worker's host; empty for none, and tools that need facts have no result
 *     then
 * @param key HS256 key that it shares with us, at least 32 bytes; needed where there is a url
 * @param plainHttp whether {@code http} is taken for another machine, as within a cluster
 * @param connectLimit until the connection stands, above 0
 * @param answerLimit until the whole answer is there, above 0; the worker itself takes 5 s at most
 * @param connections the most at once, 1 or more; who finds none free waits for as long as for a
 *     connection
 */
@ConfigurationProperties("orrery.llm.tools.facts")
public record FactsSettings(
        @Nullable String url,
        @Nullable String key,
        @DefaultValue("false") boolean plainHttp,
        @DefaultValue("1s") Duration connectLimit,
        @DefaultValue("6s") Duration answerLimit,
        @DefaultValue("64") int connections) {

    private static final String SERVICE = "orrery-llm";
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    public FactsSettings {
        if (connections < 1) {
            throw new IllegalArgumentException(
                    "orrery.llm.tools.facts.connections: " + connections + " (expected: >= 1)");
        }
    }

    /** To be closed by whoever opened them. */
    public Facts open(Clock clock) {
        return access().<Facts>map(access -> new FactsOverHttp(access, connections, clock))
                .orElse(new NoFacts());
    }

    private Optional<GatewayAccess> access() {
        return url == null || url.isBlank()
                ? Optional.empty()
                : Optional.of(
                        new GatewayAccess(
                                URI.create(url),
                                key == null ? "" : key,
                                SERVICE,
                                SERVICE,
                                TOKEN_LIFE,
                                connectLimit,
                                answerLimit,
                                plainHttp));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "FactsSettings[url=" + url + "]";
    }
}
