package dev.orrery.ingest.admin.prompts;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.User;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who asks for previews of prompts. */
record PreviewAuthor(User user) {

    static final String PATH = "/admin/v1/prompts/preview";

    Answer previews(Map<String, Object> request) {
        return sends(JsonMapper.shared().writeValueAsString(request));
    }

    Answer sends(String request) {
        return user.post(PATH, request);
    }
}
