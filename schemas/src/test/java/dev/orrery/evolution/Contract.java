package dev.orrery.evolution;

import dev.orrery.topics.Topics;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The schemas as they stand now. */
final class Contract {

    private Contract() {}

    /** The value of each topic, without the repeats of replays. */
    static List<Schema> events() {
        return Topics.all().stream()
                .map(topic -> SpecificData.get().getSchema(topic.type()))
                .distinct()
                .toList();
    }

    static Stream<String> eventNames() {
        return events().stream().map(Schema::getName);
    }

    static Schema event(String name) {
        return events().stream()
                .filter(event -> event.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is the value of no topic"));
    }

    /** Every record and enum that an event is made of, the events among them, by full name. */
    static Stream<Schema> types() {
        Map<String, Schema> found = new LinkedHashMap<>();
        var open = new ArrayDeque<>(events());
        while (!open.isEmpty()) {
            var schema = open.pop();
            switch (schema.getType()) {
                case RECORD -> {
                    if (found.putIfAbsent(schema.getFullName(), schema) == null) {
                        schema.getFields().forEach(field -> open.push(field.schema()));
                    }
                }
                case ENUM, FIXED -> found.putIfAbsent(schema.getFullName(), schema);
                case UNION -> schema.getTypes().forEach(open::push);
                case ARRAY -> open.push(schema.getElementType());
                case MAP -> open.push(schema.getValueType());
                default -> {} // Avro's own enum; what is left is simple
            }
        }
        return found.values().stream();
    }

    static Stream<Schema> types(Schema.Type type) {
        return types().filter(schema -> schema.getType() == type);
    }
}
