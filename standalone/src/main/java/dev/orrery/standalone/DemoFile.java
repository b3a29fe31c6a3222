package dev.orrery.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code demo.env}: what a newcomer's shell needs to talk to this installation. It is there exactly
 * while everything runs, and only its owner can read it.
 */
record DemoFile(Path path) {

    /** Written last, in one step: whoever sees the file can use what it names. */
    void write(Map<String, String> variables) throws IOException {
        var lines =
                variables.entrySet().stream()
                        .map(each -> each.getKey() + "='" + each.getValue() + "'\n")
                        .collect(Collectors.joining());
        Secrets.writePrivately(path, lines);
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }
}
