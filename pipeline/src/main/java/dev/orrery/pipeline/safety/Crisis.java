package dev.orrery.pipeline.safety;

import dev.orrery.pipeline.prompt.document.Language;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is told who speaks of self-harm, in place of an answer:
 *
 * <pre>{@code
 * {"help_text": {"en": "…", "hi": "…"},
 *  "contacts": {"IN": ["Tele-MANAS: 14416"], "default": ["findahelpline.com"]}}
 * }</pre>
 *
 * What a revision leaves out is taken from what is {@link #BUILT_IN}.
 *
 * @param helpText by tag of its language
 * @param contacts whom to call, by country (two letters of ISO 3166), or {@code default}
 */
public record Crisis(Map<String, String> helpText, Map<String, List<String>> contacts) {

    /** Of a revision that says nothing. */
    public static final Crisis BUILT_IN = new Crisis(Map.of(), Map.of());

    private static final String ANYWHERE = "default";
    private static final String ENGLISH = "en";

    private static final int MOST_LANGUAGES = 20;
    private static final int LONGEST_HELP_TEXT = 2_000;
    private static final int MOST_COUNTRIES = 60;
    private static final int MOST_CONTACTS = 10;
    private static final int LONGEST_CONTACT = 120;

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    static Crisis of(Stated stated) {
        if (stated.isAbsent()) {
            return BUILT_IN;
        }
        stated.allowing("help_text", "contacts");
        return new Crisis(
                helpText(stated.object("help_text")), contacts(stated.object("contacts")));
    }

    private static Map<String, String> helpText(Stated stated) {
        var texts = new LinkedHashMap<String, String>();
        for (var language : stated.names(MOST_LANGUAGES)) {
            if (!LANGUAGE.matcher(language).matches()) {
                throw stated.malformed(
                        "a key is no language (expected: tags such as en or hi-Latn)");
            }
            var text = stated.text(language, LONGEST_HELP_TEXT);
            if (text != null) {
                texts.put(language, text);
            }
        }
        return texts;
    }

    private static Map<String, List<String>> contacts(Stated stated) {
        var contacts = new LinkedHashMap<String, List<String>>();
        for (var country : stated.names(MOST_COUNTRIES)) {
            if (!country.equals(ANYWHERE) && !COUNTRY.matcher(country).matches()) {
                throw stated.malformed(
                        "a key is no country (expected: two capital letters, or default)");
            }
            contacts.put(known(country), stated.texts(country, MOST_CONTACTS, LONGEST_CONTACT));
        }
        return contacts;
    }

    /** Its texts in UTF-16 units. */
    int length() {
        return Stream.concat(
                        helpText.values().stream(),
                        contacts.values().stream().flatMap(List::stream))
                .mapToInt(String::length)
                .sum();
    }

    /**
     * The one text that somebody is told.
     *
     * @param language as their profile says it; empty when it does not
     * @param country as their profile says it; empty when it does not
     */
    public String textFor(String language, String country) {
        return words(language)
                + "\n\n"
                + String.join("\n", contactsIn(country).stream().map("• "::concat).toList());
    }

    private String words(String language) {
        return in(language, helpText)
                .or(() -> in(ENGLISH, helpText))
                .or(() -> in(language, HelpTexts.BY_LANGUAGE))
                .orElse(HelpTexts.IN_ENGLISH);
    }

    private static Optional<String> in(String language, Map<String, String> texts) {
        var tag = language.strip();
        return where(known -> known.equalsIgnoreCase(tag), texts)
                .or(() -> where(known -> isSame(known, tag), texts));
    }

    private static Optional<String> where(Predicate<String> isIt, Map<String, String> texts) {
        return texts.entrySet().stream()
                .filter(each -> isIt.test(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Hindi in Roman letters is a language of its own: who reads one may not read the other. */
    private static boolean isSame(String one, String other) {
        var known = Language.of(one);
        return known.isPresent()
                ? known.equals(Language.of(other))
                : primary(one).equals(primary(other));
    }

    private static String primary(String tag) {
        return tag.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    }

    private List<String> contactsIn(String country) {
        var place = known(country.strip().toUpperCase(Locale.ROOT));
        var own = firstOf(contacts.get(place), contacts.get(ANYWHERE));
        return own != null
                ? own
                : HelpTexts.CONTACTS.getOrDefault(place, HelpTexts.CONTACTS_ANYWHERE);
    }

    private static @Nullable List<String> firstOf(
            @Nullable List<String> here, @Nullable List<String> anywhere) {
        return here == null || here.isEmpty()
                ? anywhere == null || anywhere.isEmpty() ? null : anywhere
                : here;
    }

    /** What everybody says is not what the standard says. */
    private static String known(String country) {
        return country.equals("UK") ? "GB" : country;
    }
}
