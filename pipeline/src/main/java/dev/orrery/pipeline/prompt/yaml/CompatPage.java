package dev.orrery.pipeline.prompt.yaml;

/** What was written so far, and where in its line it ends. */
final class CompatPage {

    /** Columns; a line is folded at the first chance behind them. */
    static final int WIDTH = 80;

    private final StringBuilder written = new StringBuilder();
    private int column;

    /** Whether it ends with white space, or with nothing. */
    private boolean whitespace = true;

    /** Whether its last line has nothing but indentation and marks of collections. */
    private boolean indention = true;

    String text() {
        return written.toString();
    }

    int column() {
        return column;
    }

    boolean isIndention() {
        return indention;
    }

    boolean isWhitespace() {
        return whitespace;
    }

    /** What follows is text, whatever its last character is. */
    void inText() {
        whitespace = false;
        indention = false;
    }

    /** A mark of a collection, behind which its content may follow in the same line. */
    void block(String mark) {
        mark(mark, true, false, true);
    }

    /** A bracket that something else may follow. */
    void opening(String mark) {
        mark(mark, true, true, false);
    }

    /** A mark right behind what it belongs to. */
    void closing(String mark) {
        mark(mark, false, false, false);
    }

    /** A quotation mark before a text. */
    void quote(String mark) {
        mark(mark, true, false, false);
    }

    private void mark(String mark, boolean needsSpace, boolean isSpace, boolean isIndention) {
        ascii(whitespace || !needsSpace ? mark : " " + mark);
        whitespace = isSpace;
        indention = indention && isIndention;
    }

    void ascii(String text) {
        written.append(text);
        column += text.length();
    }

    void codePoints(int[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            written.appendCodePoint(text[i]);
        }
        column += to - from;
    }

    /** Goes to this column, in a new line unless it still lies before us in this one. */
    void indent(int to) {
        if (!indention || column > to || (column == to && !whitespace)) {
            lineBreak('\n');
        }
        if (column < to) {
            whitespace = true;
            written.repeat(' ', to - column);
            column = to;
        }
    }

    /**
     * @param separator LF, or another character that ends a line
     */
    void lineBreak(int separator) {
        whitespace = true;
        indention = true;
        column = 0;
        written.appendCodePoint(separator);
    }
}
