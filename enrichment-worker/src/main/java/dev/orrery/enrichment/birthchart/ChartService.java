package dev.orrery.enrichment.birthchart;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where the tables of a birth come from, in the words of AstrologyAPI.com. */
interface ChartService extends AutoCloseable {

    /** Says in a question who is asked: what one calculates is not the answer of another. */
    String name();

    /**
     * The three tables of a birth in one document: {@code Ascendant}, {@code planet_chart_data} and
     * {@code current_vdasha}, and {@code astro_details} as it came, to be compared with them. Fails
     * with a {@link dev.orrery.enrichment.source.SourceFailure SourceFailure}.
     */
    Mono<JsonNode> chart(BirthQuestion birth);

    @Override
    void close();

    /** One document of three answers; the service spells the ascendant in two ways. */
    static JsonNode merged(JsonNode details, JsonNode planets, JsonNode dashas) {
        var merged = JsonNodeFactory.instance.objectNode();
        merged.set(
                "Ascendant",
                details.has("Ascendant") ? details.path("Ascendant") : details.path("ascendant"));
        merged.set("planet_chart_data", planets);
        merged.set("current_vdasha", dashas);
        merged.set("astro_details", details);
        return merged;
    }
}
