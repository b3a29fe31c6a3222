package dev.orrery.pipeline.serde;

import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** The schema registry does not answer, or not sensibly. Transient. */
public final class RegistryUnreachable extends RetriableException {

    public RegistryUnreachable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
