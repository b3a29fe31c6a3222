package dev.orrery.embedded.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What a new schema owes to the earlier ones of its subject. Avro decides who can read whom, by the
 * same check that Confluent's registry uses.
 */
public enum CompatibilityLevel {
    /** Nothing. */
    NONE(false, false, false),
    /** It reads what the latest has written. */
    BACKWARD(true, false, false),
    /** It reads what any earlier one has written. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** The latest reads what it writes. */
    FORWARD(false, true, false),
    /** Every earlier one reads what it writes. */
    FORWARD_TRANSITIVE(false, true, true),
    /** It and the latest read each other. */
    FULL(true, true, false),
    /** It and every earlier one read each other. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean readsEarlier;

    private final boolean readByEarlier;

    private final boolean transitive;

    CompatibilityLevel(boolean readsEarlier, boolean readByEarlier, boolean transitive) {
        this.readsEarlier = readsEarlier;
        this.readByEarlier = readByEarlier;
        this.transitive = transitive;
    }

    /**
     * What speaks against the candidate; empty if nothing does.
     *
     * @param earlier the versions of the subject, oldest first
     */
    List<String> objections(Schema candidate, List<Schema> earlier) {
        List<Schema> judges =
                transitive || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
        List<String> objections = new ArrayList<>();
        for (Schema judge : judges) {
            if (readsEarlier) {
                objections.addAll(
                        obstacles("the new schema cannot read the old one", candidate, judge));
            }
            if (readByEarlier) {
                objections.addAll(
                        obstacles("the old schema cannot read the new one", judge, candidate));
            }
        }
        return List.copyOf(objections);
    }

    private static List<String> obstacles(String who, Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
        if (result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE) {
            return List.of();
        }
        return result.getIncompatibilities().stream()
                .map(obstacle -> describe(who, obstacle))
                .toList();
    }

    private static String describe(String who, Incompatibility obstacle) {
        return "%s: %s at %s (%s)"
                .formatted(who, obstacle.getType(), obstacle.getLocation(), obstacle.getMessage());
    }
}
