package dev.orrery.evolution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * One version of an event, as it was when it was frozen: the schema, a golden record written with
 * it, and what that record says. It stands in {@code src/test/resources/frozen/NAME} and is never
 * changed again.
 *
 * @param number counted from 1
 * @param golden the golden record in Avro's binary encoding
 * @param says the golden record as JSON
 */
record FrozenVersion(int number, Schema schema, byte[] golden, String says) {

    private static final Path DIRECTORY = Path.of("src/test/resources/frozen");

    private static final int BYTES_PER_LINE = 50;

    /** Every version of the event, oldest first. */
    static List<FrozenVersion> of(String event) {
        var versions = new ArrayList<FrozenVersion>();
        while (Files.exists(file(event, versions.size() + 1, "avsc"))) {
            versions.add(read(event, versions.size() + 1));
        }
        return versions;
    }

    static Optional<FrozenVersion> newestOf(String event) {
        var versions = of(event);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }

    /** Names of the files that belong to so many versions. */
    static List<String> files(int versions) {
        var names = new ArrayList<String>();
        for (int number = 1; number <= versions; number++) {
            names.addAll(List.of(name(number, "avsc"), name(number, "hex"), name(number, "json")));
        }
        return names;
    }

    static Path directory(String event) {
        return DIRECTORY.resolve(event);
    }

    void write() throws IOException {
        var event = schema.getName();
        Files.createDirectories(directory(event));
        Files.writeString(file(event, number, "avsc"), schema.toString(true) + "\n");
        Files.writeString(file(event, number, "hex"), lines(golden));
        Files.writeString(file(event, number, "json"), says + "\n");
    }

    private static FrozenVersion read(String event, int number) {
        return new FrozenVersion(
                number,
                new Schema.Parser().parse(text(file(event, number, "avsc"))),
                HexFormat.of().parseHex(text(file(event, number, "hex")).replace("\n", "")),
                text(file(event, number, "json")));
    }

    private static Path file(String event, int number, String kind) {
        return directory(event).resolve(name(number, kind));
    }

    private static String name(int number, String kind) {
        return "v" + number + "." + kind;
    }

    private static String lines(byte[] bytes) {
        var lines = new StringBuilder();
        for (int at = 0; at < bytes.length; at += BYTES_PER_LINE) {
            int end = Math.min(at + BYTES_PER_LINE, bytes.length);
            lines.append(HexFormat.of().formatHex(bytes, at, end)).append('\n');
        }
        return lines.toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    @Override
    public String toString() {
        return schema.getName() + " v" + number;
    }
}
