package dev.orrery.embedded.registry;

import java.util.Optional;

/** What one record of {@code _schemas} says. */
sealed interface LogEntry {

    /** A version exists. */
    record SchemaWritten(RegisteredSchema schema) implements LogEntry {}

    /** A version is gone. Only other registries write this; ours deletes nothing. */
    record SchemaDeleted(String subject, int version) implements LogEntry {}

    /**
     * A compatibility level holds from now on.
     *
     * @param subject whose, or empty for all that have none of their own
     */
    record LevelSet(Optional<String> subject, CompatibilityLevel level) implements LogEntry {}

    /** A level of its own no longer holds. */
    record LevelDeleted(Optional<String> subject) implements LogEntry {}

    /** Something that other registries write and ours has no use for: no-ops, modes, contexts. */
    record Foreign(String keyType) implements LogEntry {}
}
