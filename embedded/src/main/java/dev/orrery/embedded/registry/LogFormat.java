package dev.orrery.embedded.registry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * The records of {@code _schemas} as Confluent's registry writes them. The order of the fields
 * counts: the topic is compacted by the bytes of the key.
 */
final class LogFormat {

    private static final int SCHEMA_MAGIC = 1;

    private static final int LEVEL_MAGIC = 0;

    private final JsonMapper json =
            JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    private record SchemaKey(String keytype, String subject, int version, int magic) {}

    private record SchemaValue(
            String subject, int version, int id, String schema, boolean deleted) {}

    private record LevelKey(String keytype, @Nullable String subject, int magic) {}

    private record LevelValue(CompatibilityLevel compatibilityLevel) {}

    /** Key and value of one record. */
    record Bytes(byte[] key, byte[] value) {}

    Bytes schema(RegisteredSchema schema) {
        return new Bytes(
                json.writeValueAsBytes(
                        new SchemaKey("SCHEMA", schema.subject(), schema.version(), SCHEMA_MAGIC)),
                json.writeValueAsBytes(
                        new SchemaValue(
                                schema.subject(),
                                schema.version(),
                                schema.id(),
                                schema.schema(),
                                false)));
    }

    Bytes level(Optional<String> subject, CompatibilityLevel level) {
        return new Bytes(
                json.writeValueAsBytes(new LevelKey("CONFIG", subject.orElse(null), LEVEL_MAGIC)),
                json.writeValueAsBytes(new LevelValue(level)));
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if it is not what a registry writes; going on without it
     *     could give an id twice
     */
    LogEntry entry(byte[] keyBytes, byte @Nullable [] valueBytes) {
        try {
            JsonNode key = json.readTree(keyBytes);
            JsonNode value =
                    valueBytes == null ? NullNode.getInstance() : json.readTree(valueBytes);
            String type = key.path("keytype").asString("");
            return switch (type) {
                case "SCHEMA" -> schemaEntry(key, value);
                case "CONFIG" -> levelEntry(key, value);
                default -> new LogEntry.Foreign(type);
            };
        } catch (JacksonException | IllegalArgumentException cause) {
            throw new IllegalArgumentException(
                    "not a record of a schema registry: " + cause.getMessage(), cause);
        }
    }

    private static LogEntry schemaEntry(JsonNode key, JsonNode value) {
        String subject = key.required("subject").asString();
        int version = key.required("version").asInt();
        if (value.isNull() || value.path("deleted").asBoolean(false)) {
            return new LogEntry.SchemaDeleted(subject, version);
        }
        int id = value.required("id").asInt();
        return new LogEntry.SchemaWritten(
                new RegisteredSchema(subject, version, id, value.required("schema").asString()));
    }

    private static LogEntry levelEntry(JsonNode key, JsonNode value) {
        Optional<String> subject = text(key, "subject");
        Optional<CompatibilityLevel> level =
                text(value, "compatibilityLevel").map(CompatibilityLevel::valueOf);
        return level.isPresent()
                ? new LogEntry.LevelSet(subject, level.get())
                : new LogEntry.LevelDeleted(subject);
    }

    private static Optional<String> text(JsonNode object, String field) {
        return object.hasNonNull(field)
                ? Optional.of(object.required(field).asString())
                : Optional.empty();
    }
}
