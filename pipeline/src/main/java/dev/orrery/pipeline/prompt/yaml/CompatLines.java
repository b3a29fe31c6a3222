package dev.orrery.pipeline.prompt.yaml;

/**
 * Writes plain and single-quoted texts, folded at single blanks.
 *
 * @param indent of the lines that follow the first
 */
record CompatLines(CompatPage page, int indent, int width) {

    void plain(int[] text) {
        if (text.length == 0) {
            return;
        }
        if (!page.isWhitespace()) {
            page.ascii(" ");
        }
        page.inText();
        for (int start = 0; start < text.length; ) {
            int end = endOfRun(text, start);
            if (text[start] == ' ' && end == start + 1 && page.column() > width) {
                page.indent(indent);
                page.inText();
            } else {
                page.codePoints(text, start, end);
            }
            start = end;
        }
    }

    /** A line feed is written as an empty line, since one alone would be read as a blank. */
    void single(int[] text) {
        page.quote("'");
        for (int start = 0; start < text.length; ) {
            int end = endOfRun(text, start);
            int first = text[start];
            if (first == '\n') {
                page.lineBreak('\n');
                for (int i = start; i < end; i++) {
                    page.lineBreak('\n');
                }
                page.indent(indent);
            } else if (isFoldedAt(text, start, end)) {
                page.indent(indent);
            } else if (first == '\'') {
                page.ascii("''".repeat(end - start));
            } else {
                page.codePoints(text, start, end);
            }
            start = end;
        }
        page.closing("'");
    }

    private boolean isFoldedAt(int[] text, int start, int end) {
        return text[start] == ' '
                && end == start + 1
                && page.column() > width
                && start != 0
                && end != text.length;
    }

    /** Blanks, line feeds, apostrophes, or anything else: as many of one sort as follow. */
    private static int endOfRun(int[] text, int start) {
        int sort = sort(text[start]);
        int end = start + 1;
        while (end < text.length && sort(text[end]) == sort) {
            end++;
        }
        return end;
    }

    private static int sort(int character) {
        return character == ' ' || character == '\n' || character == '\'' ? character : 0;
    }
}
