package dev.orrery.llm;

import dev.orrery.events.ReplyEvent;
import org.jspecify.annotations.Nullable;

/** What a reader is sent, as one line an event. */
public final class Replies {

    private Replies() {}

    /** Place, kind and what matters of the rest, for example {@code 1/0 DELTA Good}. */
    public static String line(ReplyEvent event) {
        return event.getEpoch()
                + "/"
                + event.getSequence()
                + " "
                + event.getKind()
                + " "
                + what(event);
    }

    /** Whether a line says that its reply is over. */
    static boolean isTerminal(String line) {
        return line.contains(" COMPLETED ") || line.contains(" FAILED ");
    }

    private static @Nullable Object what(ReplyEvent event) {
        return switch (event.getKind()) {
            case PROGRESS -> event.getStage();
            case RESTARTED -> event.getAttempt();
            case TOOL_CALL ->
                    event.getToolCall().getId()
                            + " "
                            + event.getToolCall().getName()
                            + " "
                            + event.getToolCall().getState();
            case FAILED -> event.getEnding().getCode();
            case DELTA, COMPLETED, UNKNOWN -> event.getText();
        };
    }
}
