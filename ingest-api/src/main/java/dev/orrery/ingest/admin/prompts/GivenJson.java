package dev.orrery.ingest.admin.prompts;

import dev.orrery.pipeline.http.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Members of a body whose form is not ours: a profile, metadata, a document. */
final class GivenJson {

    /** Numbers as the prompt worker reads them from a profile. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private GivenJson() {}

    /** Null when there is none. */
    static @Nullable JsonNode of(Fields body, String name) {
        return body.has(name) ? JSON.readTree(body.objectText(name)) : null;
    }

    /** An empty one when there is none. */
    static ObjectNode object(Fields body, String name) {
        var given = of(body, name);
        if (given == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!(given instanceof ObjectNode object)) {
            throw body.invalid(name, "something else (expected: an object)");
        }
        return object;
    }

    static ObjectNode parsed(String text) {
        return (ObjectNode) JSON.readTree(text);
    }
}
