package dev.orrery.enrichment.cache;

import dev.orrery.enrichment.source.Document;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** How a document is written into a layer, and read back from a copy that may be damaged. */
final class DocumentForm {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(
                            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                    .build();

    private DocumentForm() {}

    static String write(Document document) {
        return JSON.writeValueAsString(document);
    }

    /** Empty when the text is not a whole document of this type. */
    static <D extends Document> Optional<D> read(String text, Class<D> type) {
        try {
            return Optional.ofNullable(JSON.readValue(text, type));
        } catch (JacksonException damaged) {
            return Optional.empty();
        }
    }
}
