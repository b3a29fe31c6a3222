package dev.orrery.pipeline.prompt.yaml;

import java.util.regex.Pattern;

/**
 * A scalar, and in which styles it may be written: PyYAML's rules, for a writer of ASCII.
 *
 * @param isText whether a reader of YAML 1.1 would take its plain form for this very text, or for
 *     the number or word that it is
 */
record CompatScalar(
        String written,
        boolean isText,
        boolean isMultiline,
        boolean mayBePlain,
        boolean maySingleQuoted) {

    /** In order of preference. */
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED
    }

    /** What is no text in YAML 1.1, as PyYAML resolves it. */
    private static final Pattern NO_TEXT =
            Pattern.compile(
                    """
                    (?x)
                      yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
                    | [-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?
                    | \\.[0-9][0-9_]*([eE][-+][0-9]+)?
                    | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*
                    | [-+]?\\.(inf|Inf|INF) | \\.(nan|NaN|NAN)
                    | [-+]?0b[0-1_]+ | [-+]?0[0-7_]+ | [-+]?(0|[1-9][0-9_]*) | [-+]?0x[0-9a-fA-F_]+
                    | [-+]?[1-9][0-9_]*(:[0-5]?[0-9])+
                    | << | = | ~ | null | Null | NULL |
                    | [0-9]{4}-[0-9]{2}-[0-9]{2}
                    | [0-9]{4}-[0-9][0-9]?-[0-9][0-9]?([Tt]|[\\ \\t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(\\.[0-9]*)?
                      ([\\ \\t]*(Z|[-+][0-9][0-9]?(:[0-9]{2})?))?
                    """);

    private static final String INDICATORS_AT_THE_BEGINNING = "#,[]{}&*!|>'\"%@`";

    static CompatScalar ofText(String text) {
        return of(text, !NO_TEXT.matcher(text).matches());
    }

    static CompatScalar ofPlain(String written) {
        return of(written, true);
    }

    private static CompatScalar of(String written, boolean isText) {
        var text = written.codePoints().toArray();
        if (text.length == 0) {
            return new CompatScalar(written, isText, false, true, true);
        }
        boolean isAscii = true;
        boolean isMultiline = false;
        boolean hasIndicators = written.startsWith("---") || written.startsWith("...");
        boolean hasBlankAtBreak = false;
        for (int i = 0; i < text.length; i++) {
            isAscii &= text[i] == '\n' || (text[i] >= ' ' && text[i] <= '~');
            isMultiline |= endsLine(text[i]);
            hasIndicators |= isIndicator(text, i);
            hasBlankAtBreak |= i > 0 && isBlankAtBreak(text[i - 1], text[i]);
        }
        boolean hasEdges = isSpace(text[0]) || isSpace(text[text.length - 1]);
        return new CompatScalar(
                written,
                isText,
                isMultiline,
                isAscii && !isMultiline && !hasIndicators && !hasBlankAtBreak && !hasEdges,
                isAscii && !hasBlankAtBreak);
    }

    /** In YAML 1.1; all but LF are escaped here, and no key in one line for all that. */
    private static boolean endsLine(int character) {
        return character == '\n' || character == 0x85 || character == 0x2028 || character == 0x2029;
    }

    private static boolean isIndicator(int[] text, int at) {
        boolean beforeSpace = at + 1 == text.length || isSpace(text[at + 1]);
        if (at == 0) {
            return INDICATORS_AT_THE_BEGINNING.indexOf(text[0]) >= 0
                    || ((text[0] == '?' || text[0] == ':' || text[0] == '-') && beforeSpace);
        }
        return (text[at] == ':' && beforeSpace) || (text[at] == '#' && isSpace(text[at - 1]));
    }

    private static boolean isBlankAtBreak(int one, int next) {
        return (one == ' ' && next == '\n') || (one == '\n' && next == ' ');
    }

    private static boolean isSpace(int character) {
        return character == ' ' || character == '\n';
    }

    boolean isEmpty() {
        return written.isEmpty();
    }

    int[] codePoints() {
        return written.codePoints().toArray();
    }

    int length() {
        return written.codePointCount(0, written.length());
    }

    Style style(boolean isKey) {
        if (isText && mayBePlain && !(isKey && (isEmpty() || isMultiline))) {
            return Style.PLAIN;
        }
        return maySingleQuoted && !(isKey && isMultiline)
                ? Style.SINGLE_QUOTED
                : Style.DOUBLE_QUOTED;
    }
}
