package dev.orrery.pipeline.prompt.yaml;

import java.util.Map;

/**
 * Writes double-quoted texts in ASCII, folded behind blanks and behind escapes.
 *
 * @param indent of the lines that follow the first
 */
record CompatEscapes(CompatPage page, int indent, int width) {

    private static final Map<Integer, String> SHORT =
            Map.ofEntries(
                    Map.entry(0x00, "\\0"),
                    Map.entry(0x07, "\\a"),
                    Map.entry(0x08, "\\b"),
                    Map.entry(0x09, "\\t"),
                    Map.entry(0x0A, "\\n"),
                    Map.entry(0x0B, "\\v"),
                    Map.entry(0x0C, "\\f"),
                    Map.entry(0x0D, "\\r"),
                    Map.entry(0x1B, "\\e"),
                    Map.entry((int) '"', "\\\""),
                    Map.entry((int) '\\', "\\\\"),
                    Map.entry(0x85, "\\N"),
                    Map.entry(0xA0, "\\_"),
                    Map.entry(0x2028, "\\L"),
                    Map.entry(0x2029, "\\P"));

    void quoted(int[] text) {
        page.quote("\"");
        int start = 0; // of what is not written yet
        for (int end = 0; end < text.length; end++) {
            int character = text[end];
            if (isEscaped(character)) {
                page.codePoints(text, start, end);
                page.ascii(escape(character));
                start = end + 1;
            }
            boolean mayFold = end > 0 && end < text.length - 1;
            boolean isChance = character == ' ' || start >= end;
            if (mayFold && isChance && page.column() + (end - start) > width) {
                start = fold(text, start, end);
            }
        }
        page.codePoints(text, start, text.length);
        page.closing("\"");
    }

    /** A blank at the beginning of a line would not be read, so it is escaped. */
    private int fold(int[] text, int from, int to) {
        int start = Math.max(from, to);
        page.codePoints(text, from, start > from ? to : from);
        page.ascii("\\");
        page.indent(indent);
        page.inText();
        if (text[start] == ' ') {
            page.ascii("\\");
        }
        return start;
    }

    private static boolean isEscaped(int character) {
        return character < ' ' || character > '~' || character == '"' || character == '\\';
    }

    private static String escape(int character) {
        var known = SHORT.get(character);
        if (known != null) {
            return known;
        }
        if (character <= 0xFF) {
            return "\\x%02X".formatted(character);
        }
        return character <= 0xFFFF
                ? "\\u%04X".formatted(character)
                : "\\U%08X".formatted(character);
    }
}
