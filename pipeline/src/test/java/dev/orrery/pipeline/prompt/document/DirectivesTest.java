package dev.orrery.pipeline.prompt.document;

import static dev.orrery.pipeline.prompt.document.Rendering.of;
import static dev.orrery.pipeline.prompt.document.Rendering.rendered;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What stands where a document asks for the role, the day, the language or the length. */
class DirectivesTest {

    private static final String ROMAN_HINDI =
            "Modern, everyday Hindi in Roman letters; no Devanagari.";

    private final Locale before = Locale.getDefault();

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    /** YP-2 */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"sex": "female"}   | guide.             | You are Nova, a FEMALE guide.
                    {"sex": "male"}     | experienced guide. | You are Nova, a MALE experienced guide.
                    {}                  | guide.             | You are Nova, a guide.
                    {"sex": " "}        | experienced guide. | You are Nova, an experienced guide.
                    {"sex": "intersex"} | guide.             | You are Nova, an INTERSEX guide.
                    """)
    void saysWhoTheModelIsInEverySpeechOfTheServer(String metadata, String rest, String role) {
        for (var language : List.of("en-US", "tr-TR", "hi-IN")) {
            // given
            Locale.setDefault(Locale.forLanguageTag(language));

            // when
            var rendered = rendered("Role: {$role: " + rest + "}", of(metadata, "{}"));

            // then
            assertThat(rendered).isEqualTo("Role: " + role + "\n");
        }
    }

    /** YP-7: the instant of the turn, in the user's zone where it is known. */
    @ParameterizedTest
    @CsvSource({
        "user, '{}', 02:45 PM, 15 January 2026, Thursday",
        "bot, '{\"time_zone\": \"Pacific/Auckland\"}', 02:45 PM, 15 January 2026, Thursday",
        "user, '{\"time_zone\": \"Pacific/Auckland\"}', 10:15 PM, 15 January 2026, Thursday",
        "user, '{\"time_zone\": \"Pacific/Honolulu\"}', 11:15 PM, 14 January 2026, Wednesday",
        "user, '{\"place\": {\"resolved\": {\"zone\": \"Pacific/Auckland\"}}}', 10:15 PM, 15 January 2026, Thursday",
        "user, '{\"time_zone\": \"Pacific/Honolulu\", \"place\": {\"resolved\": {\"zone\": \"Asia/Tokyo\"}}}', 11:15 PM, 14 January 2026, Wednesday",
        "user, '{\"time_zone\": \"Mars/Base\"}', 02:45 PM, 15 January 2026, Thursday",
    })
    void tellsTheDayOfTheUserOrOfTheBot(
            String whose, String profile, String time, String date, String day) {
        assertThat(rendered("Daily Context: {$daily_context: " + whose + "}", of("{}", profile)))
                .isEqualTo(
                        "Daily Context:\n  Date: %s\n  Time: %s\n  Day of week: %s\n"
                                .formatted(date, time, day));
    }

    /** YP-10, YP-11: all combinations. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, roman",
                "-, HINDI, roman",
                "-, ENGLISH, roman",
                "1, HINDI, roman",
                "1, ENGLISH, roman",
                "4, -, roman",
                "4, HINDI, devanagari",
                "4, HINGLISH, roman",
                "4, ENGLISH, english",
                "4, hi-IN, devanagari",
                "4, en, english",
                "4, hi-Latn, roman",
                "4, hindi, devanagari",
                "4, KLINGON, roman",
                "44, HINDI, roman"
            })
    void saysTheLanguageByAppAndLanguage(
            @Nullable String app, @Nullable String language, String expected) {
        // given
        var profile = JsonMapper.shared().createObjectNode();
        if (app != null) {
            profile.put("app_id", app);
        }
        if (language != null) {
            profile.put("language", language);
        }

        // when
        var rendered = rendered("Language: {$language: standard}", of("{}", profile.toString()));

        // then
        assertThat(rendered)
                .isEqualTo(
                        "Language: "
                                + switch (expected) {
                                    case "devanagari" ->
                                            "Modern, everyday Hindi in Devanagari; no English letters.";
                                    case "english" ->
                                            "Modern, everyday English in Roman letters; no Devanagari.";
                                    default -> ROMAN_HINDI;
                                }
                                + "\n");
    }

    @Test
    void takesTheNumberOfAnAppForItsText() {
        assertThat(
                        rendered(
                                "a: {$language: standard}",
                                of("{\"app_id\": 4}", "{\"language\": \"ENGLISH\"}")))
                .contains("English in Roman letters");
    }

    @Test
    void saysAnAuthorsOwnTextsByAppAndLanguage() {
        // given
        var source =
                """
                Language:
                  $language:
                    default: Hindi for {{user_name}}
                    4: {ENGLISH: English, TAMIL: Tamil}
                """;

        // then
        assertThat(rendered(source)).isEqualTo("Language: Hindi for Asha\n");
        assertThat(rendered(source, of("{\"app_id\": \"4\"}", "{\"language\": \"en-GB\"}")))
                .isEqualTo("Language: English\n");
        assertThat(rendered(source, of("{\"app_id\": \"4\"}", "{\"language\": \"tamil\"}")))
                .isEqualTo("Language: Tamil\n");
    }

    /** YP-12 */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"short", "medium", "long", "endless"})
    void saysHowLongAnswersAreMeantToBe(@Nullable String length) {
        // given
        var metadata = length == null ? "{}" : "{\"response_length\": \"" + length + "\"}";
        var words =
                switch (length) {
                    case "short" -> "60";
                    case "long" -> "250";
                    case null, default -> "120";
                };

        // then
        assertThat(rendered("Length: {$length: standard}", of(metadata, "{}")))
                .contains("about " + words + " words");
        assertThat(rendered("Length: {$length: {short: Tiny, long: Vast}}", of(metadata, "{}")))
                .isEqualTo(
                        switch (words) {
                            case "60" -> "Length: Tiny\n";
                            case "250" -> "Length: Vast\n";
                            default -> "Length: Keep the answer to about 120 words.\n";
                        });
    }
}
