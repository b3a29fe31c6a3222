package dev.orrery.embedded.registry;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The rules of the registry: what is the same schema, what may follow what, who gets which id.
 *
 * <p><b>The same schema.</b> Two schemas are the same if Avro writes them the same: white space and
 * the order of attributes do not count, while docs, defaults, aliases and custom properties do. A
 * changed doc is therefore a version of its own, because it tells readers something else.
 *
 * <p>Safe on any thread. Reading returns at once; what writes blocks for at most 40 s: to wait for
 * another writer, for the log, and for its own entry to come back.
 */
final class Registrations {

    private final Subjects subjects;

    private final SchemaLog log;

    private final CompatibilityLevel defaultLevel;

    /**
     * Held from reading the log's end to reading our own entry, so that nobody decides on an older
     * state.
     */
    private final ReentrantLock writing = new ReentrantLock();

    Registrations(Subjects subjects, SchemaLog log, CompatibilityLevel defaultLevel) {
        this.subjects = subjects;
        this.log = log;
        this.defaultLevel = defaultLevel;
    }

    SortedSet<String> subjects() {
        return subjects.names();
    }

    List<Integer> versions(String subject) {
        return known(subject).stream().map(RegisteredSchema::version).toList();
    }

    RegisteredSchema version(String subject, Version version) {
        List<RegisteredSchema> known = known(subject);
        return switch (version) {
            case Version.Latest latest -> known.getLast();
            case Version.Numbered(int number) ->
                    known.stream()
                            .filter(each -> each.version() == number)
                            .findFirst()
                            .orElseThrow(() -> Refused.versionNotFound(number));
        };
    }

    String schema(int id) {
        return subjects.schema(id).orElseThrow(() -> Refused.schemaNotFound(id));
    }

    /** Finds the schema among the versions of the subject. */
    RegisteredSchema lookUp(String subject, String schema) {
        String text = parsed(schema).toString();
        return same(known(subject), text).orElseThrow(Refused::schemaNotFound);
    }

    /**
     * Registers the schema as the next version, or finds it where it is one already. Idempotent.
     *
     * @return its id
     */
    int register(String subject, String schema) {
        Schema candidate = parsed(schema);
        Optional<RegisteredSchema> there = same(subjects.versionsOf(subject), candidate.toString());
        return there.isPresent() ? there.get().id() : registerNew(subject, candidate);
    }

    private int registerNew(String subject, Schema candidate) {
        String text = candidate.toString();
        writing.lock();
        try {
            log.catchUp();
            List<RegisteredSchema> earlier = subjects.versionsOf(subject);
            Optional<RegisteredSchema> there = same(earlier, text);
            if (there.isPresent()) {
                return there.get().id();
            }
            List<String> objections =
                    effectiveLevel(subject).objections(candidate, schemas(earlier));
            if (!objections.isEmpty()) {
                throw Refused.incompatible(subject, objections);
            }
            int version = earlier.isEmpty() ? 1 : earlier.getLast().version() + 1;
            int id = subjects.idOf(text).orElseGet(subjects::nextId);
            log.append(new RegisteredSchema(subject, version, id, text));
            return id;
        } finally {
            writing.unlock();
        }
    }

    /**
     * What speaks against the schema beside that one version, by the level of the subject; empty if
     * nothing does.
     */
    List<String> objections(String subject, Version version, String schema) {
        List<RegisteredSchema> against = List.of(version(subject, version));
        return effectiveLevel(subject).objections(parsed(schema), schemas(against));
    }

    CompatibilityLevel level() {
        return subjects.globalLevel().orElse(defaultLevel);
    }

    /** The level that the subject has of its own. */
    CompatibilityLevel level(String subject) {
        return subjects.levelOf(subject).orElseThrow(() -> Refused.subjectHasNoLevel(subject));
    }

    /** The level that holds for the subject: its own, or the one for all. */
    CompatibilityLevel effectiveLevel(String subject) {
        return subjects.levelOf(subject).orElseGet(this::level);
    }

    /** Sets the level of a subject, or the one for all if none is named. */
    void setLevel(Optional<String> subject, CompatibilityLevel level) {
        writing.lock();
        try {
            log.append(subject, level);
        } finally {
            writing.unlock();
        }
    }

    private List<RegisteredSchema> known(String subject) {
        List<RegisteredSchema> versions = subjects.versionsOf(subject);
        if (versions.isEmpty()) {
            throw Refused.subjectNotFound(subject);
        }
        return versions;
    }

    private static Optional<RegisteredSchema> same(List<RegisteredSchema> versions, String text) {
        return versions.stream().filter(version -> version.schema().equals(text)).findFirst();
    }

    private static List<Schema> schemas(List<RegisteredSchema> versions) {
        return versions.stream().map(version -> parsed(version.schema())).toList();
    }

    private static Schema parsed(String schema) {
        try {
            return new Schema.Parser().parse(schema);
        } catch (AvroRuntimeException invalid) {
            throw Refused.invalidSchema(String.valueOf(invalid.getMessage()));
        }
    }
}
