package dev.orrery.simulator.wire;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer with an error status.
 *
 * @param headers names in lower case
 */
public record Answered(int status, Map<String, String> headers, String body) {

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }
}
