package dev.orrery.prompt.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text with <code>{{name}}</code> placeholders, compiled once. Rendering concatenates the
 * literals and the values and looks at nothing again, so no value can change what another one
 * renders to. Immutable; safe to share between threads.
 *
 * <p>A placeholder is the shortest span from <code>{{</code> to the next <code>}}</code> that does
 * not cross a line feed; its name is everything between, exactly as written. All other line
 * separators are ordinary characters.
 */
public final class Template {

    private static final String OPENING = "{{";
    private static final String CLOSING = "}}";

    /** What stands for a name. Asked once per name and render, in the order of first appearance. */
    @FunctionalInterface
    public interface Values {

        /**
         * The value's text; null when the name is unknown, and the placeholder stays as it was
         * written.
         */
        @Nullable String of(String name);
    }

    private sealed interface Part {

        record Literal(String text) implements Part {}

        /**
         * @param name index into the names of the template
         */
        record Placeholder(int name, String asWritten) implements Part {}
    }

    private final List<Part> parts;
    private final List<String> names;
    private final int length;
    private final int bytes;

    private Template(List<Part> parts, List<String> names, int length, int bytes) {
        this.parts = parts;
        this.names = names;
        this.length = length;
        this.bytes = bytes;
    }

    /**
     * Compiles a text. Every text is a template; braces that do not form a placeholder are literal.
     */
    public static Template of(String text) {
        var parts = new ArrayList<Part>();
        var names = new LinkedHashMap<String, Integer>();
        int literal = 0; // where the literal that is being collected began
        int position = 0; // where the search for the next placeholder goes on
        while (true) {
            int opening = text.indexOf(OPENING, position);
            if (opening < 0) {
                break;
            }
            int lineEnd = endOfLine(text, opening);
            int closing = text.indexOf(CLOSING, opening + OPENING.length(), lineEnd);
            if (closing < 0) {
                position = lineEnd; // no later opening of this line could be closed either
                continue;
            }
            int end = closing + CLOSING.length();
            addLiteral(parts, text.substring(literal, opening));
            parts.add(placeholder(names, text.substring(opening, end)));
            literal = end;
            position = end;
        }
        addLiteral(parts, text.substring(literal));
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return new Template(List.copyOf(parts), List.copyOf(names.keySet()), text.length(), bytes);
    }

    /** Bounded, so that compiling looks at no character more than a few times. */
    private static int endOfLine(String text, int from) {
        int lineFeed = text.indexOf('\n', from);
        return lineFeed < 0 ? text.length() : lineFeed;
    }

    private static void addLiteral(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Literal(text));
        }
    }

    private static Part placeholder(Map<String, Integer> names, String asWritten) {
        var name = asWritten.substring(OPENING.length(), asWritten.length() - CLOSING.length());
        int index = names.computeIfAbsent(name, unseen -> names.size());
        return new Part.Placeholder(index, asWritten);
    }

    /**
     * The distinct names between braces, in the order of first appearance; not all of them need to
     * be known.
     */
    public List<String> names() {
        return names;
    }

    /** Length of the template's own text in UTF-16 units. */
    public int length() {
        return length;
    }

    /** Length of the template's own text in UTF-8 bytes. */
    public int bytes() {
        return bytes;
    }

    /**
     * The text with every known placeholder replaced. Equal values give the same text, byte for
     * byte.
     */
    public String render(Values values) {
        var resolved = new @Nullable String[names.size()];
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = values.of(names.get(i));
        }
        var rendered = new StringBuilder(length);
        for (var part : parts) {
            rendered.append(
                    switch (part) {
                        case Part.Literal literal -> literal.text();
                        case Part.Placeholder placeholder -> textOf(placeholder, resolved);
                    });
        }
        return rendered.toString();
    }

    private static String textOf(Part.Placeholder placeholder, @Nullable String[] resolved) {
        var value = resolved[placeholder.name()];
        return value == null ? placeholder.asWritten() : value;
    }
}
