package dev.orrery.ingest.testing;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Good documents with one field that is not. */
public final class Tampering {

    private Tampering() {}

    /** A row of a table for each value, which is JSON text. */
    public static Stream<Arguments> bad(String field, String... values) {
        return Stream.of(values).map(value -> arguments(field, value));
    }

    /** The document with that value in the field. */
    public static String with(String document, String field, String value) {
        var object = (ObjectNode) JsonMapper.shared().readTree(document);
        object.putRawValue(field, new RawValue(value));
        return object.toString();
    }
}
