package dev.orrery.tools.door;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The door answered with a problem. */
public final class DoorRefused extends IOException {

    private final int status;

    DoorRefused(int status, String body) {
        super(worded(status, body));
        this.status = status;
    }

    /** The problem's own words and code; the whole answer where it is no problem document. */
    private static String worded(int status, String body) {
        try {
            var problem = JsonMapper.shared().readTree(body);
            if (problem.hasNonNull("title") && problem.hasNonNull("code")) {
                return "%s (%d %s)"
                        .formatted(
                                problem.path("title").asString(),
                                status,
                                problem.path("code").asString());
            }
        } catch (JacksonException notJson) {
            // a proxy's page, most likely: shown as it is
        }
        return "the door answered " + status + ": " + body;
    }

    public int status() {
        return status;
    }

    /** Whether the same request may succeed a little later. */
    boolean isTemporary() {
        return status == 503 || status == 429;
    }
}
