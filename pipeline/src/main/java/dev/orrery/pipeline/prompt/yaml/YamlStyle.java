package dev.orrery.pipeline.prompt.yaml;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How documents are written. */
public enum YamlStyle {
    /** For models: see {@link YamlWriter}. */
    READABLE(YamlWriter::write),
    /** As PyYAML's default dump writes, byte for byte: see {@link CompatWriter}. */
    COMPAT(CompatWriter::write);

    private final Function<YamlValue, String> writer;

    YamlStyle(Function<YamlValue, String> writer) {
        this.writer = writer;
    }

    /** The style of this name, in lower case. */
    public static Optional<YamlStyle> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findAny();
    }

    /** The value as a document of its own, with a line feed at its end. */
    public String write(YamlValue value) {
        return writer.apply(value);
    }
}
