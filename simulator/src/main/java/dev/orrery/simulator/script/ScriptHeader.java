package dev.orrery.simulator.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header {@value #NAME}. Its value is a script as it stands in a model name, or the same as
 * JSON: {@code
 * {"tokens":20,"headers_after":"2s","first_token_after":"100ms","every":"10ms","fault":"cut-after-5"}}.
 */
final class ScriptHeader {

    static final String NAME = "x-simulator-script";

    private static final Set<String> COUNTS =
            Set.of("tokens", "cached_tokens", "reasoning_tokens", "tool_calls");

    private static final Set<String> TIMES = Set.of("headers_after", "first_token_after", "every");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ScriptHeader() {}

    static Script read(String value) {
        String text = value.strip();
        return Script.parse(text.startsWith("{") ? languageOf(text) : text);
    }

    /**
     * The same script in the language of model names, so that there is one grammar and one set of
     * bounds.
     */
    private static String languageOf(String json) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : objectOf(json).properties()) {
            String key = each.getKey();
            JsonNode value = each.getValue();
            if (COUNTS.contains(key) && value.isIntegralNumber()) {
                parts.add(value.asString() + "-" + key.replace('_', '-'));
            } else if (TIMES.contains(key) && value.isString()) {
                parts.add(key.replace('_', '-') + "-" + value.asString());
            } else if (key.equals("fault") && value.isString()) {
                parts.add(value.asString());
            } else {
                throw new ScriptUnreadable(
                        "key '" + key + "' is not known or its value is of the wrong type");
            }
        }
        return parts.isEmpty() ? "ok" : String.join("+", parts);
    }

    private static JsonNode objectOf(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException notJson) {
            // Said below; Jackson's own message would repeat the header.
        }
        throw new ScriptUnreadable("header " + NAME + " is not a JSON object");
    }
}
