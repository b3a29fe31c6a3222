package dev.orrery.pipeline.prompt.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Scenes;
import java.time.Instant;
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

class PromptDocumentTest {

    private static final String ROMAN_HINDI =
            "Modern, everyday Hindi in Roman letters; no Devanagari.";

    private final Locale before = Locale.getDefault();

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    private static String rendered(String source) {
        return rendered(source, Scenes.usual());
    }

    private static String rendered(String source, Scene scene) {
        return PromptDocument.of(source).render(scene);
    }

    private static Bot bot(String metadata) {
        return Bot.of("Nova", "A guide.", JsonMapper.shared().readTree(metadata));
    }

    private static Scene of(String botMetadata, String profile) {
        return Scenes.with(bot(botMetadata), profile, List.of(), List.of());
    }

    private static Scene with(Fact... facts) {
        return Scenes.with(Scenes.NOVA, Scenes.ASHA, List.of(facts), List.of());
    }

    private static Scene remembering(String... memories) {
        return Scenes.with(Scenes.NOVA, Scenes.ASHA, List.of(), List.of(memories));
    }

    private static Fact fact(String kind, String text) {
        return Fact.newBuilder()
                .setKind(kind)
                .setState(FactState.FRESH)
                .setLayer(CacheLayer.API)
                .setText(text)
                .setFetchedAt(Instant.parse("2026-01-14T22:00:00Z"))
                .build();
    }

    @Test
    void rendersItsTextsAndKeepsItsOrder() {
        assertThat(
                        rendered(
                                "{\"b\": \"{{user_name}}: {{user_age}}\", \"a\": {\"c\": \"{{user_age}}\"}}"))
                .isEqualTo("b: 'Asha: 31'\na:\n  c: '31'\n");
    }

    /** YP-1, YP-8: these are there only when there is something to say. */
    @Test
    void leavesOutSectionsThatHaveNothingToSay() {
        // given
        var source =
                """
                Role: You are {{bot_name}}.
                Past User Memories: {$memories: all}
                First Profile Kundli: {$fact: birth_chart}
                Second Profile Kundli: {$fact: second_birth_chart}
                """;

        // then
        assertThat(rendered(source)).isEqualTo("Role: You are Nova.\n");
        assertThat(rendered(source, remembering("Likes tea", " ", "Has a dog: Bo")))
                .isEqualTo(
                        """
                        Role: You are Nova.
                        Past User Memories:
                        - Likes tea
                        - 'Has a dog: Bo'
                        """);
        assertThat(
                        rendered(
                                source,
                                with(fact("second_birth_chart", "B"), fact("birth_chart", "A"))))
                .isEqualTo(
                        """
                        Role: You are Nova.
                        First Profile Kundli: A
                        Second Profile Kundli: B
                        """);
    }

    /** YP-8 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'{{conversation_history}}'",
                "[]",
                "{}",
                "{$when: {present: user_name}, $value: ' '}",
                "{$when: {present: user_name}, $value: null}",
                "[{$fact: weather}]",
                "{a: {$memories: all}}"
            })
    void leavesOutASectionThatComesOutEmpty(String section) {
        assertThat(rendered("a: " + section + "\nb: c")).isEqualTo("b: c\n");
    }

    /** What an author wrote empty is meant so. */
    @Test
    void keepsWhatItsAuthorLeftEmpty() {
        assertThat(rendered("a: ''\nb: null\nc: {d: '', e: }"))
                .isEqualTo("a: ''\nb: null\nc:\n  d: ''\n  e: null\n");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {app: 4}                              | true
                    {app: "4"}                            | true
                    {app: [1, 4]}                         | true
                    {app: 1}                              | false
                    {language: en}                        | true
                    {language: [HINDI, ENGLISH]}          | true
                    {language: HINDI}                     | false
                    {present: user_name}                  | true
                    {present: [user_name, user_gender]}   | false
                    {absent: user_gender}                 | true
                    {absent: user_name}                   | false
                    {present: memories}                   | true
                    {present: user_astro_data}            | true
                    {present: fact.weather}               | false
                    {absent: fact.weather}                | true
                    {present: custom.mood}                | true
                    {present: custom.other}               | false
                    {app: 4, language: HINDI}             | false
                    {app: 4, language: en, present: user_name} | true
                    """)
    void showsAPartWhereAllItsConditionsHold(String when, boolean shown) {
        // given
        var scene =
                Scenes.with(
                        bot("{\"custom\": {\"mood\": \"calm\"}}"),
                        "{\"name\": \"Asha\", \"app_id\": 4, \"language\": \"ENGLISH\"}",
                        List.of(fact("birth_chart", "Moon")),
                        List.of("Likes tea"));

        // when
        var rendered = rendered("a: {$when: " + when + ", $value: yes}\nb: c", scene);

        // then
        assertThat(rendered).isEqualTo(shown ? "a: 'yes'\nb: c\n" : "b: c\n");
    }

    @Test
    void leavesOutItemsAndMembersToo() {
        assertThat(rendered("a: [1, {$when: {app: 9}, $value: 2}, 3]\nb: {c: {$fact: x}, d: e}"))
                .isEqualTo("a:\n- 1\n- 3\nb:\n  d: e\n");
    }

    @Test
    void showsTheNewestMemoriesOldestFirst() {
        assertThat(rendered("a: {$memories: 2}", remembering("1st", "2nd", "3rd")))
                .isEqualTo("a:\n- 2nd\n- 3rd\n");
    }

    @Test
    void saysThatDataMayBeOutOfDate() {
        // given
        var stale = Fact.newBuilder(fact("birth_chart", "Moon")).setState(FactState.STALE).build();

        // then
        assertThat(rendered("a: {$fact: birth_chart}", with(stale)))
                .isEqualTo(
                        """
                        a: |
                          Moon
                          This data may be out of date. It was last confirmed on 14 January 2026.
                        """);
    }

    @Test
    void tellsWhatItSpeaksOf() {
        // given
        var document =
                PromptDocument.of(
                        """
                        a: "{{user_name}} {{bot_name}}"
                        b: [{$fact: birth_chart}, {$when: {language: fr}, $value: {$memories: all}}]
                        c: {$language: {default: "{{user_age}}", 4: {HINDI: x}}}
                        """);

        // then
        assertThat(document.names()).containsExactly("user_name", "bot_name", "user_age");
        assertThat(document.factKinds()).containsExactly("birth_chart");
        assertThat(document.languages()).containsExactly("FR", "HINDI");
        assertThat(document.wantsMemories()).isTrue();
        assertThat(PromptDocument.of("a: {$when: {absent: memories}, $value: b}").wantsMemories())
                .isTrue();
        assertThat(PromptDocument.of("a: b").wantsMemories()).isFalse();
    }

    @Test
    void isItsSectionsOneAfterTheOther() {
        // given
        var document = PromptDocument.of("a: {b: [1, 2]}\nc: '{{user_name}}'\nd: {$fact: x}");

        // when
        var sections = document.sections(Scenes.usual());

        // then
        assertThat(sections).extracting(PromptDocument.Section::title).containsExactly("a", "c");
        assertThat(String.join("", sections.stream().map(PromptDocument.Section::text).toList()))
                .isEqualTo(document.render(Scenes.usual()));
    }

    @Test
    void isEmptyWithoutSections() {
        assertThat(rendered("a: {$fact: x}")).isEmpty();
    }
}
