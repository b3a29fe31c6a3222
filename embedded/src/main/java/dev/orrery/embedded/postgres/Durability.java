package dev.orrery.embedded.postgres;

/** What a committed transaction survives. */
public enum Durability {
    /** Everything, also a power cut: a commit waits for the disk. */
    DURABLE,

    /**
     * The end of this JVM and of PostgreSQL, but not a crash of the machine: a commit waits for
     * nothing. For tests.
     */
    FAST
}
