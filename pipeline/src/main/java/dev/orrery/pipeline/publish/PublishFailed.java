package dev.orrery.pipeline.publish;

/**
 * An event is not known to stand in its topic. Transient: the caller may publish the same event
 * again.
 */
public final class PublishFailed extends RuntimeException {

    public PublishFailed(String message, Throwable cause) {
        super(message, cause);
    }

    public PublishFailed(String message) {
        super(message);
    }
}
