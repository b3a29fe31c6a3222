package dev.orrery.pipeline.consume;

import org.jspecify.annotations.Nullable;

/** The bytes of a record are no event of its topic, today or ever. */
public final class Undecodable extends RuntimeException {

    /**
     * @param reason what is wrong with the bytes; never holds what they say
     */
    public Undecodable(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
