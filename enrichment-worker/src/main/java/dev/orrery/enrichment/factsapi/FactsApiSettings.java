package dev.orrery.enrichment.factsapi;

import dev.orrery.pipeline.gateway.tokens.TokenSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask for facts, and how long they are looked for.
 *
 * @param tokens of the services that may ask
 * @param patience for one fact, the reading of the profile included, above 0; what is not there by
 *     then is absent
 */
@ConfigurationProperties("orrery.facts-api")
record FactsApiSettings(@DefaultValue TokenSettings tokens, @DefaultValue("5s") Duration patience) {

    FactsApiSettings {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.facts-api.patience: " + patience + " (expected: above 0)");
        }
    }
}
