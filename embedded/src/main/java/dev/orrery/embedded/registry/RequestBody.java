package dev.orrery.embedded.registry;

import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON that came with a request; read when a route asks for it, so that a route without body
 * takes none.
 */
final class RequestBody {

    static final String AVRO = "AVRO";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final byte[] bytes;

    RequestBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The schema in {@code {"schema": "…"}}, as text. */
    String avroSchema() {
        JsonNode request = object();
        String type = request.path("schemaType").asString(AVRO);
        if (!type.equals(AVRO)) {
            throw Refused.invalidSchema("schemaType: %s (expected: %s)".formatted(type, AVRO));
        }
        if (!request.path("references").isEmpty()) {
            throw Refused.invalidSchema("references are not supported");
        }
        if (!request.path("schema").isString()) {
            throw Refused.invalidSchema("no text in \"schema\"");
        }
        return request.path("schema").asString();
    }

    /** The level in {@code {"compatibility": "…"}}. */
    CompatibilityLevel level() {
        String name = object().path("compatibility").asString("");
        return Arrays.stream(CompatibilityLevel.values())
                .filter(level -> level.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.invalidLevel(name));
    }

    private JsonNode object() {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node == null || !node.isObject()) {
                throw Refused.unreadable("no object");
            }
            return node;
        } catch (JacksonException cause) {
            throw Refused.unreadable(cause.getOriginalMessage());
        }
    }
}
