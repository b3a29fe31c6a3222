package dev.orrery.standalone;

import dev.orrery.tools.door.ReplyPart;
import java.util.List;

/** What a reader makes of the events of a reply. */
final class Replies {

    private Replies() {}

    static String turnOf(List<ReplyPart> reply) {
        return reply.getFirst().data().path("message_id").asString();
    }

    /** All text since the last restart, as it was streamed. */
    static String text(List<ReplyPart> reply) {
        var text = new StringBuilder();
        for (var part : reply) {
            switch (part.name()) {
                case "delta" -> text.append(part.data().path("text").asString());
                case "restarted" -> text.setLength(0);
                default -> {} // what carries no text
            }
        }
        return text.toString();
    }
}
