package dev.orrery.pipeline.prompt.yaml;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * How a text is written. Plain where every reader takes it for that text; in single quotes where a
 * reader of YAML 1.1 or 1.2 would see a number, a date, a boolean or nothing; as a literal block
 * where it has lines. The emitter takes a safer style by itself where a text has marks that mean
 * something in a plain one, such as <code>: </code> or a leading {@code &}.
 */
final class ScalarStyles {

    /** What is something else than text in YAML 1.1, which is more than in 1.2. */
    private static final Pattern NO_TEXT =
            Pattern.compile(
                    """
                    (?xi)
                      y | n | yes | no | on | off | true | false | null | ~ | = | <<
                    | [-+]? [0-9][0-9_,]*                                   # 10, 012, 1_000
                    | [-+]? 0 [box] [0-9a-f_]+                              # 0o17, 0xFF
                    | [-+]? ([0-9][0-9_]*)? \\. [0-9_]* (e [-+]? [0-9]+)?   # 1.5, .5, 1.e3
                    | [-+]? [0-9][0-9_]* e [-+]? [0-9]+                     # 1e3
                    | [-+]? [0-9][0-9_]* (: [0-5]?[0-9])+ (\\. [0-9_]*)?    # 12:30
                    | [-+]? \\. (inf|nan)
                    | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} ([t\\ \\t].*)?     # 2026-01-15
                    """);

    private ScalarStyles() {}

    static ScalarStyle ofKey(String key) {
        return hasForeignLineEnd(key) ? ScalarStyle.DOUBLE_QUOTED : ofLine(key);
    }

    static ScalarStyle ofText(String text) {
        if (hasForeignLineEnd(text)) {
            return ScalarStyle.DOUBLE_QUOTED;
        }
        if (text.indexOf('\n') >= 0) {
            return isSafeAsBlock(text) ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED;
        }
        return text.startsWith("---") || text.startsWith("...")
                ? ScalarStyle.LITERAL
                : ofLine(text);
    }

    private static ScalarStyle ofLine(String line) {
        return line.isEmpty() || NO_TEXT.matcher(line).matches()
                ? ScalarStyle.SINGLE_QUOTED
                : ScalarStyle.PLAIN;
    }

    /** What ends a line for a reader of YAML 1.1, and is an ordinary character in 1.2. */
    private static boolean hasForeignLineEnd(String text) {
        return text.codePoints()
                .anyMatch(
                        each -> each == 0x85 || each == 0x2028 || each == 0x2029 || each == 0xFEFF);
    }

    /** A block that is blank, or ends with several line feeds, is read differently by readers. */
    private static boolean isSafeAsBlock(String text) {
        return !text.isBlank() && !text.endsWith("\n\n");
    }
}
