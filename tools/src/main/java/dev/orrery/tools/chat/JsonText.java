package dev.orrery.tools.chat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON for people. */
final class JsonText {

    private final JsonMapper mapper =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    String indented(JsonNode node) {
        return mapper.writeValueAsString(node);
    }
}
