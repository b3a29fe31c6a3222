package dev.orrery.llm.testing;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON that is compared by what it says. */
public final class Json {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Json() {}

    public static JsonNode of(String text) {
        return JSON.readTree(text);
    }
}
