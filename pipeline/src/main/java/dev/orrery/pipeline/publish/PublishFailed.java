package dev.orrery.pipeline.publish;

import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * An event is not known to stand in its topic. Mostly that passes, and the caller may publish the
 * same event again; where the event itself is refused, it never will.
 */
public final class PublishFailed extends RuntimeException {

    private final boolean isFinal;

    public PublishFailed(String message, Throwable cause) {
        super(message, cause);
        this.isFinal = refusesTheEvent(cause);
    }

    public PublishFailed(String message) {
        super(message);
        this.isFinal = false;
    }

    /**
     * Whether the same event would be refused again: too large, not writable, no such topic name.
     */
    public boolean isFinal() {
        return isFinal;
    }

    /** Whether this is a publication that may succeed when it is tried again. */
    public static boolean passes(Throwable failure) {
        return failure instanceof PublishFailed publication && !publication.isFinal();
    }

    private static boolean refusesTheEvent(Throwable cause) {
        return switch (cause) {
            case RetriableException ignored -> false; // a registry that is away among them
            case RecordTooLargeException ignored -> true;
            case InvalidTopicException ignored -> true;
            case SerializationException unwritable ->
                    !(unwritable.getCause() instanceof RetriableException);
            default -> false;
        };
    }
}
