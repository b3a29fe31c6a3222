package dev.orrery.tools.door;

import tools.jackson.databind.JsonNode;

/**
 * One server-sent event of a reply.
 *
 * @param id its position; -1 when the event carried none
 * @param name accepted, progress, delta, restarted, completed or failed
 * @param data its JSON
 */
public record ReplyPart(long id, String name, JsonNode data) {

    /** Whether nothing follows. */
    public boolean isTerminal() {
        return name.equals("completed") || name.equals("failed");
    }
}
