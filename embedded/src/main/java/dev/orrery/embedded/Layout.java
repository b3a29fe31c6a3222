package dev.orrery.embedded;

import java.nio.file.Path;

/**
 * What lies where below one data directory. Other parts may keep folders of their own beside these.
 *
 * @param root the data directory
 */
public record Layout(Path root) {

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path redis() {
        return root.resolve("redis");
    }

    /** The programs of PostgreSQL and Redis, unpacked once. May be deleted while nothing runs. */
    public Path binaries() {
        return root.resolve("binaries");
    }
}
