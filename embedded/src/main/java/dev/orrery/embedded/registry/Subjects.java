package dev.orrery.embedded.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the log says, held in memory: every answer is read here, and the reader of the log alone
 * changes it. Safe on any thread; returns at once.
 */
final class Subjects {

    private final SortedMap<String, SortedMap<Integer, RegisteredSchema>> versions =
            new TreeMap<>();

    private final Map<Integer, String> schemas = new HashMap<>();

    /** The lowest id of each schema: a log written by others may hold one schema under several. */
    private final Map<String, Integer> ids = new HashMap<>();

    private final Map<String, CompatibilityLevel> levels = new HashMap<>();

    private Optional<CompatibilityLevel> globalLevel = Optional.empty();

    private int highestId;

    synchronized void apply(LogEntry entry) {
        switch (entry) {
            case LogEntry.SchemaWritten written -> add(written.schema());
            case LogEntry.SchemaDeleted deleted -> remove(deleted.subject(), deleted.version());
            case LogEntry.LevelSet set -> setLevel(set.subject(), Optional.of(set.level()));
            case LogEntry.LevelDeleted deleted -> setLevel(deleted.subject(), Optional.empty());
            case LogEntry.Foreign ignored -> {}
        }
    }

    private void add(RegisteredSchema added) {
        versions.computeIfAbsent(added.subject(), subject -> new TreeMap<>())
                .put(added.version(), added);
        schemas.put(added.id(), added.schema());
        ids.merge(added.schema(), added.id(), Math::min);
        highestId = Math.max(highestId, added.id());
    }

    /** The schema stays known by its id: data written with it may still be about. */
    private void remove(String subject, int version) {
        SortedMap<Integer, RegisteredSchema> remaining = versions.get(subject);
        if (remaining != null) {
            remaining.remove(version);
            if (remaining.isEmpty()) {
                versions.remove(subject);
            }
        }
    }

    private void setLevel(Optional<String> subject, Optional<CompatibilityLevel> level) {
        if (subject.isEmpty()) {
            globalLevel = level;
        } else if (level.isEmpty()) {
            levels.remove(subject.get());
        } else {
            levels.put(subject.get(), level.get());
        }
    }

    synchronized SortedSet<String> names() {
        return new TreeSet<>(versions.keySet());
    }

    /** The versions of a subject, oldest first; empty if it is unknown. */
    synchronized List<RegisteredSchema> versionsOf(String subject) {
        SortedMap<Integer, RegisteredSchema> known = versions.get(subject);
        Collection<RegisteredSchema> values = known == null ? List.of() : known.values();
        return List.copyOf(values);
    }

    synchronized Optional<String> schema(int id) {
        return Optional.ofNullable(schemas.get(id));
    }

    synchronized Optional<Integer> idOf(String schema) {
        return Optional.ofNullable(ids.get(schema));
    }

    synchronized int nextId() {
        return highestId + 1;
    }

    synchronized Optional<CompatibilityLevel> levelOf(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    synchronized Optional<CompatibilityLevel> globalLevel() {
        return globalLevel;
    }
}
