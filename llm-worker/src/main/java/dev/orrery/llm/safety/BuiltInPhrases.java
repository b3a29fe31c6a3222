package dev.orrery.llm.safety;

import dev.orrery.pipeline.safety.Category;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lists that are shipped, as resources beside this class: what users write who are in danger,
 * and what models are not to answer. The format is told at the top of them.
 */
final class BuiltInPhrases {

    private static final String COMMENT = "#";
    private static final String EXCEPTION = "!";

    /** Lines of the list of a side, comments left out. */
    private final List<String> lines;

    private BuiltInPhrases(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Reads a resource: not to be called on an event loop. */
    static BuiltInPhrases of(Side side) {
        var name = side.wireName() + "-" + Category.SELF_HARM + ".txt";
        try (var resource = BuiltInPhrases.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("BUG: " + name + " is not on the class path");
            }
            var text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new BuiltInPhrases(
                    text.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith(COMMENT))
                            .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void addTo(Phrases.Builder phrases) {
        for (var line : lines) {
            if (line.startsWith(EXCEPTION)) {
                alternatives(line.substring(EXCEPTION.length()))
                        .forEach(each -> phrases.excepting(each, Category.SELF_HARM));
            } else {
                alternatives(line).forEach(each -> phrases.finding(each, Category.SELF_HARM));
            }
        }
    }

    /** {@code kill|end it} is {@code kill it} and {@code end it}. */
    private static List<String> alternatives(String line) {
        var phrases = List.of("");
        for (var word : line.split(" ")) {
            var longer = new ArrayList<String>();
            for (var alternative : word.split("\\|")) {
                phrases.forEach(phrase -> longer.add(phrase + " " + alternative));
            }
            phrases = longer;
        }
        return phrases;
    }
}
