package dev.orrery.pipeline.topic;

import org.jspecify.annotations.Nullable;

/**
 * The topics are not as the catalogue says, and will not be without a person's decision; or nobody
 * answered in time.
 */
public final class ProvisioningFailed extends RuntimeException {

    public ProvisioningFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
