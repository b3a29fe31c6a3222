package dev.orrery.embedded.host;

import java.io.Serial;
import java.nio.file.Path;

/** Another process (or another part of this one) already runs on the data directory. */
public final class DirectoryTaken extends StartFailed {

    @Serial private static final long serialVersionUID = 1L;

    private final transient Path directory;

    DirectoryTaken(Path directory, String holder) {
        super(
                "%s is in use by %s: stop that one first, or choose another data directory"
                        .formatted(directory, holder));
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }
}
