package dev.orrery.ingest.testing;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server-sent event as a client sees it. */
public record ShownEvent(long id, String name, String data) {

    public JsonNode json() {
        return JsonMapper.shared().readTree(data);
    }
}
