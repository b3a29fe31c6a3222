package dev.orrery.tools.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The variables that {@code ./orrery up} leaves behind in {@code demo.env}. */
public final class DemoEnvironment {

    private final Path file;
    private final Map<String, String> variables;

    private DemoEnvironment(Path file, Map<String, String> variables) {
        this.file = file;
        this.variables = variables;
    }

    /** Reads {@code NAME='value'} lines; everything else is passed over. */
    public static DemoEnvironment read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " does not exist: start Orrery first, with ./orrery up");
        }
        var variables = new HashMap<String, String>();
        for (var line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                var value = line.substring(equals + 1).strip();
                variables.put(line.substring(0, equals).strip(), unquoted(value));
            }
        }
        return new DemoEnvironment(file, variables);
    }

    public String get(String name) throws IOException {
        var value = variables.get(name);
        if (value == null) {
            throw new IOException(file + " has no " + name + " (expected: written by ./orrery up)");
        }
        return value;
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("'") && value.endsWith("'")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
