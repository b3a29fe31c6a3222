package dev.orrery.enrichment.rates;

import dev.orrery.enrichment.source.Field;
import dev.orrery.enrichment.source.SourceFailure;
import tools.jackson.databind.JsonNode;

/** The first step: whether everything is there, and is of its kind. */
final class RatesShape {

    private RatesShape() {}

    static Field root(JsonNode answer) {
        return Field.root(answer, "Invalid exchange rate response");
    }

    /**
     * @throws SourceFailure.InvalidAnswer naming the first field that is missing or of a wrong kind
     */
    static void require(JsonNode answer) {
        var rows = root(answer).elements();
        if (rows.isEmpty()) {
            throw root(answer).invalid("rates");
        }
        for (var row : rows) {
            row.object().at("date").text();
            row.at("base").text();
            row.at("quote").text();
            row.at("rate").number();
        }
    }
}
