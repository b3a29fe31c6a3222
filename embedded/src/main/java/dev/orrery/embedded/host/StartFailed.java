package dev.orrery.embedded.host;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An embedded server could not be started. The message is written for the person at the terminal
 * and says what to do; print it alone, the stack trace adds nothing for them.
 */
public sealed class StartFailed extends RuntimeException permits PortTaken, DirectoryTaken {

    @Serial private static final long serialVersionUID = 1L;

    public StartFailed(String message) {
        super(message);
    }

    public StartFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
