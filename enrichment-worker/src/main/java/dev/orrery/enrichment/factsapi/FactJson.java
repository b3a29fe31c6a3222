package dev.orrery.enrichment.factsapi;

import dev.orrery.events.Fact;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A fact, or its absence, as it is told over HTTP. */
final class FactJson {

    private FactJson() {}

    static ObjectNode of(Fact fact) {
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", fact.getKind())
                        .put("state", lower(fact.getState()))
                        .put("layer", lower(fact.getLayer()));
        if (fact.getText() != null) {
            json.put("text", fact.getText());
        }
        if (fact.getFetchedAt() != null) {
            json.put("fetched_at", fact.getFetchedAt().toString());
        }
        if (fact.getAbsence() != null) {
            json.put("absence", fact.getAbsence());
        }
        return json.put("took_ms", fact.getTookMillis());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
