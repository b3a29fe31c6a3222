package dev.orrery.ingest.testing;

import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the door answered. */
public record Answer(int status, HttpHeaders headers, String body) {

    public JsonNode json() {
        return JsonMapper.shared().readTree(body.isEmpty() ? "null" : body);
    }

    public String text(String field) {
        return json().path(field).asString("");
    }
}
