package dev.orrery.ingest.admin.bots;

import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names of bots in addresses: {@code [a-z0-9]} in words joined by hyphens, at most 255 long. */
public final class Slug {

    /** Leaves room for a number behind it. */
    static final int LONGEST_OF_A_NAME = 240;

    private static final int LONGEST = 255;
    private static final Pattern FORMAT = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern EDGES = Pattern.compile("^-|-$");

    /** Latin letters that Unicode does not take apart into a plain one and a mark. */
    private static final Map<Integer, String> LETTERS =
            Map.ofEntries(
                    Map.entry((int) 'ß', "ss"),
                    Map.entry((int) 'æ', "ae"),
                    Map.entry((int) 'œ', "oe"),
                    Map.entry((int) 'ø', "o"),
                    Map.entry((int) 'đ', "d"),
                    Map.entry((int) 'ð', "d"),
                    Map.entry((int) 'þ', "th"),
                    Map.entry((int) 'ł', "l"),
                    Map.entry((int) 'ħ', "h"),
                    Map.entry((int) 'ı', "i"));

    private Slug() {}

    /** A slug in a path. What is none is the slug of nothing, and answered like an unknown one. */
    public static String inPath(String text) {
        if (!isOne(text)) {
            throw unknown();
        }
        return text;
    }

    /** There is no such bot, or it was deleted. */
    public static Problem unknown() {
        return new Problem(CommonProblem.NOT_FOUND, "no bot of this name");
    }

    public static boolean isOne(String text) {
        return text.length() <= LONGEST && FORMAT.matcher(text).matches();
    }

    /**
     * The name in ASCII, at most 240 characters; where nothing of it is left, {@code bot-} and the
     * first eight hexadecimal digits of the id.
     */
    static String of(String name, UUID id) {
        var plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        var joined = OTHERS.matcher(ascii(plain.toLowerCase(Locale.ROOT))).replaceAll("-");
        var slug = trimmed(cut(trimmed(joined)));
        return slug.isEmpty() ? "bot-" + id.toString().substring(0, 8) : slug;
    }

    private static String ascii(String text) {
        var ascii = new StringBuilder(text.length());
        text.codePoints()
                .forEach(letter -> {
                    var spelled = LETTERS.get(letter);
                    if (spelled == null) {
                        ascii.appendCodePoint(letter);
                    } else {
                        ascii.append(spelled);
                    }
                });
        // Some letters become marked ones by being made small: İ is i and a dot.
        return MARKS.matcher(ascii).replaceAll("");
    }

    private static String cut(String text) {
        return text.length() > LONGEST_OF_A_NAME ? text.substring(0, LONGEST_OF_A_NAME) : text;
    }

    private static String trimmed(String text) {
        return EDGES.matcher(text).replaceAll("");
    }
}
