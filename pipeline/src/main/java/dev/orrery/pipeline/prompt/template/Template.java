package dev.orrery.pipeline.prompt.template;

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

    /**
     * A placeholder and the literal before it.
     *
     * @param name index into the names of the template
     */
    private record Part(String literal, int name, String asWritten) {}

    private final Part[] parts;
    private final String rest;
    private final List<String> names;
    private final int length;
    private final int bytes;

    private Template(List<Part> parts, String rest, List<String> names, int length, int bytes) {
        this.parts = parts.toArray(Part[]::new);
        this.rest = rest;
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
            position = closing + CLOSING.length();
            parts.add(
                    part(
                            names,
                            text.substring(literal, opening),
                            text.substring(opening, position)));
            literal = position;
        }
        return new Template(
                parts,
                text.substring(literal),
                List.copyOf(names.keySet()),
                text.length(),
                text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static int endOfLine(String text, int from) {
        int lineFeed = text.indexOf('\n', from);
        return lineFeed < 0 ? text.length() : lineFeed;
    }

    private static Part part(Map<String, Integer> names, String literal, String asWritten) {
        var name = asWritten.substring(OPENING.length(), asWritten.length() - CLOSING.length());
        int index = names.computeIfAbsent(name, unseen -> names.size());
        return new Part(literal, index, asWritten);
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

    /** Whether there is nothing to replace. */
    public boolean isLiteral() {
        return parts.length == 0;
    }

    /**
     * The text with every known placeholder replaced. Equal values give the same text, byte for
     * byte.
     */
    public String render(Values values) {
        if (parts.length == 0) {
            return rest;
        }
        var resolved = resolved(values);
        var rendered = new StringBuilder(renderedLength(resolved));
        for (var part : parts) {
            rendered.append(part.literal).append(textOf(part, resolved));
        }
        return rendered.append(rest).toString();
    }

    private @Nullable String[] resolved(Values values) {
        var resolved = new @Nullable String[names.size()];
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = values.of(names.get(i));
        }
        return resolved;
    }

    /** Known before anything is written, so that the buffer never grows. */
    private int renderedLength(@Nullable String[] resolved) {
        int units = rest.length();
        for (var part : parts) {
            units += part.literal.length() + textOf(part, resolved).length();
        }
        return units;
    }

    private static String textOf(Part part, @Nullable String[] resolved) {
        var value = resolved[part.name];
        return value == null ? part.asWritten : value;
    }
}
