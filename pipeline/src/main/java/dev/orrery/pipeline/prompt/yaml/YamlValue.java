package dev.orrery.pipeline.prompt.yaml;

import java.util.List;

/** A value of a YAML document. Equal values are written equally, byte for byte. */
public sealed interface YamlValue {

    /** Text, which stays text whatever it looks like. */
    record Text(String text) implements YamlValue {}

    /**
     * A number, {@code true}, {@code false} or {@code null}.
     *
     * @param written as YAML writes it
     */
    record Plain(String written) implements YamlValue {

        public boolean isNull() {
            return written.equals("null");
        }
    }

    record Listing(List<YamlValue> items) implements YamlValue {
        public Listing {
            items = List.copyOf(items);
        }
    }

    /**
     * @param entries in their order, no key twice
     */
    record Mapping(List<Entry> entries) implements YamlValue {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    record Entry(String key, YamlValue value) {}

    static YamlValue text(String text) {
        return new Text(text);
    }

    /** Nothing, blank text, or a collection without elements. */
    default boolean isEmpty() {
        return switch (this) {
            case Text text -> text.text().isBlank();
            case Plain plain -> plain.isNull();
            case Listing listing -> listing.items().isEmpty();
            case Mapping mapping -> mapping.entries().isEmpty();
        };
    }
}
