package dev.orrery.ingest.admin.prompts;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.User;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The previews that an author asks for. */
record Previews(User author) {

    static final String PATH = "/admin/v1/prompts/preview";

    Answer of(Map<String, Object> request) {
        return ofJson(JsonMapper.shared().writeValueAsString(request));
    }

    Answer ofJson(String request) {
        return author.post(PATH, request);
    }
}
