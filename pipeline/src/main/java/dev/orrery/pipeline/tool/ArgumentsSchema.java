package dev.orrery.pipeline.tool;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON Schema (draft 2020-12) of the arguments of a tool, as far as providers take one: of an
 * object, and without references, so that nothing is ever looked up elsewhere.
 *
 * <p>Immutable; safe to share between threads. Bounds: numbers of {@value #MOST_DIGITS} digits, and
 * where a pattern is stated texts of {@value #MOST_MATCHED} UTF-16 units; what is beyond is not
 * reckoned with, and is a fault.
 */
public final class ArgumentsSchema {

    /** What is larger takes long to reckon with, and is meant by nobody. */
    private static final int MOST_DIGITS = 400;

    /** How long a pattern takes grows with the text. */
    private static final int MOST_MATCHED = 1_000;

    private static final Set<String> REFERENCES =
            Set.of("$ref", "$dynamicRef", "$recursiveRef", "$schema", "$id");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final Schema STANDARD =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    /** Remembers nothing: whoever needs a schema again keeps it. */
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry -> registry.schemaCacheEnabled(false));

    /**
     * What is wrong first.
     *
     * @param where JSON pointer; empty for the whole
     * @param what in words that a model, or its author, can make use of
     */
    public record Fault(String where, String what) {

        private static Fault of(Error error) {
            return new Fault(error.getInstanceLocation().toString(), error.getMessage());
        }

        @Override
        public String toString() {
            return (where.isEmpty() ? "arguments" : where) + ": " + what;
        }
    }

    private final JsonNode document;
    private volatile @Nullable Schema compiled;

    private ArgumentsSchema(JsonNode document) {
        this.document = document;
    }

    /**
     * Of a schema without {@link #faultIn faults}. Cheap: most tools on offer are never called, so
     * a schema is compiled when the first arguments come.
     *
     * @param schema JSON text
     * @throws IllegalArgumentException when it is none
     */
    public static ArgumentsSchema of(String schema) {
        try {
            return new ArgumentsSchema(JSON.readTree(schema));
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(
                    "schema: unreadable (expected: JSON Schema)", unreadable);
        }
    }

    /** Of a schema itself; empty when it can be used for the arguments of a tool. */
    public static Optional<Fault> faultIn(JsonNode schema) {
        var fault = STANDARD.validate(schema).stream().findFirst().map(Fault::of);
        if (fault.isPresent()) {
            return fault;
        }
        if (!schema.path("type").asString("").equals("object")) {
            return Optional.of(new Fault("/type", "something else (expected: object)"));
        }
        if (REFERENCES.stream().anyMatch(name -> has(schema, name))) {
            return Optional.of(new Fault("", "a reference (expected: none)"));
        }
        if (any(schema, node -> node.path("enum").isArray() && node.path("enum").isEmpty())) {
            return Optional.of(new Fault("", "an empty enum (expected: values)"));
        }
        return any(schema, ArgumentsSchema::isWild)
                ? Optional.of(new Fault("", "a number out of range (expected: a tame one)"))
                : faultOfPatterns(schema);
    }

    private static Optional<Fault> faultOfPatterns(JsonNode schema) {
        try {
            compiled(schema);
            return Optional.empty();
        } catch (SchemaException unusable) {
            return Optional.of(new Fault("", "a pattern that is none (expected: ECMA 262)"));
        }
    }

    private static Schema compiled(JsonNode document) {
        var schema = REGISTRY.getSchema(document);
        schema.initializeValidators();
        return schema;
    }

    /** Empty when the arguments are as they should be. */
    public Optional<Fault> faultOf(JsonNode arguments) {
        if (any(arguments, ArgumentsSchema::isWild)) {
            return Optional.of(
                    new Fault(
                            "",
                            "a number out of range (expected: at most "
                                    + MOST_DIGITS
                                    + " digits)"));
        }
        if (has(document, "pattern") && any(arguments, ArgumentsSchema::isLong)) {
            return Optional.of(
                    new Fault(
                            "", "a long text (expected: at most " + MOST_MATCHED + " characters)"));
        }
        try {
            return schema().validate(arguments).stream().findFirst().map(Fault::of);
        } catch (SchemaException unusable) {
            return Optional.of(new Fault("", "of a tool whose schema cannot be used"));
        }
    }

    /** Compiled twice where two ask at once, to the same end. */
    private Schema schema() {
        var ready = compiled;
        if (ready == null) {
            ready = compiled(document);
            compiled = ready;
        }
        return ready;
    }

    private static boolean isLong(JsonNode node) {
        return node.isString() && node.stringValue().length() > MOST_MATCHED;
    }

    private static boolean isWild(JsonNode node) {
        return node.isNumber() && !isTame(node.decimalValue());
    }

    private static boolean isTame(BigDecimal number) {
        return Math.abs(number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
    }

    /** As a keyword; a property may be called like one, and then stands for a schema. */
    private static boolean has(JsonNode schema, String keyword) {
        return any(schema, node -> node.path(keyword).isString());
    }

    /** Recursive; readers of documents bound the depth. */
    private static boolean any(JsonNode node, Predicate<JsonNode> isSo) {
        return isSo.test(node) || node.valueStream().anyMatch(child -> any(child, isSo));
    }
}
