package dev.orrery.tools.door;

import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a server-sent event stream line by line (WHATWG HTML, section 9.2.6, as far as the door
 * uses it). Not thread safe; one parser a stream.
 */
final class ReplyParser {

    private static final JsonMapper JSON = JsonMapper.shared();

    private long id = -1;
    private String name = "message";
    private final StringBuilder data = new StringBuilder();

    /** Takes one line without its end; an empty one completes an event. */
    Optional<ReplyPart> line(String line) {
        if (line.isEmpty()) {
            return complete();
        }
        int colon = line.indexOf(':');
        if (colon == 0) {
            return Optional.empty(); // a comment keeps the connection alive
        }
        var field = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "id" -> id = Long.parseLong(value);
            case "event" -> name = value;
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
            default -> {} // fields we do not know are to be passed over
        }
        return Optional.empty();
    }

    private Optional<ReplyPart> complete() {
        var part =
                data.isEmpty()
                        ? Optional.<ReplyPart>empty()
                        : Optional.of(new ReplyPart(id, name, JSON.readTree(data.toString())));
        id = -1;
        name = "message";
        data.setLength(0);
        return part;
    }
}
