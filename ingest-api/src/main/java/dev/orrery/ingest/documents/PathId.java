package dev.orrery.ingest.documents;

import dev.orrery.pipeline.http.Problem;
import java.util.UUID;
import java.util.regex.Pattern;

/** An id in a path. What is no id is the id of nothing, and answered like an unknown one. */
public final class PathId {

    private static final Pattern UUID_FORMAT =
            Pattern.compile(
                    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private PathId() {}

    public static UUID of(String text) {
        if (!UUID_FORMAT.matcher(text).matches()) {
            throw Problem.notFound();
        }
        return UUID.fromString(text);
    }
}
