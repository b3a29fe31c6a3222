package dev.orrery.pipeline.prompt.variables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariableTest {

    private final Locale before = Locale.getDefault();

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    @Test
    void areTheThirteenOfTheGuideAndOneOfOurs() {
        assertThat(Variable.values())
                .extracting(Variable::wireName)
                .containsExactly(
                        "bot_name",
                        "bot_description",
                        "bot_scene_desc",
                        "user_name",
                        "user_age",
                        "user_gender",
                        "user_message",
                        "conversation_history",
                        "user_astro_data",
                        "current_time",
                        "current_date",
                        "day_of_week",
                        "random_number_1_4",
                        "conversation_summary");
    }

    @ParameterizedTest
    @EnumSource
    void areFoundByTheirExactNameAlone(Variable variable) {
        assertThat(Variable.named(variable.wireName())).contains(variable);
        assertThat(Variable.named(variable.name())).isEmpty();
        assertThat(Variable.named(" " + variable.wireName())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void sayTheSameInTheSameSceneAndAreDescribed(Variable variable) {
        assertThat(variable.valueIn(Scenes.usual())).isEqualTo(variable.valueIn(Scenes.usual()));
        assertThat(variable.description()).isNotBlank().endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T09:15:00Z, 02:45 PM, 15 January 2026, Thursday",
        "2026-03-04T18:35:00Z, 12:05 AM, 05 March 2026, Thursday",
        "2026-03-05T06:35:00Z, 12:05 PM, 05 March 2026, Thursday",
        "2026-03-04T18:29:59Z, 11:59 PM, 04 March 2026, Wednesday",
        "2024-02-28T18:30:00Z, 12:00 AM, 29 February 2024, Thursday",
    })
    void tellTheTimeOfTheMessageInIndia(Instant accepted, String time, String date, String day) {
        // when
        var scene = Scenes.at(accepted);

        // then
        assertThat(Variable.CURRENT_TIME.valueIn(scene)).isEqualTo(time);
        assertThat(Variable.CURRENT_DATE.valueIn(scene)).isEqualTo(date);
        assertThat(Variable.DAY_OF_WEEK.valueIn(scene)).isEqualTo(day);
    }

    @Test
    void tellTheTimeInTheZoneOfTheBot() {
        // when
        var scene = Scenes.at(Scenes.ACCEPTED, ZoneId.of("America/New_York"));

        // then
        assertThat(Variable.CURRENT_TIME.valueIn(scene)).isEqualTo("04:15 AM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-IN", "hi-IN", "tr-TR", "ar-EG", "th-TH-u-nu-thai", "en-GB"})
    void tellTheTimeInEnglishWhateverTheServerSpeaks(String language) {
        // given
        Locale.setDefault(Locale.forLanguageTag(language));

        // when
        var scene = Scenes.usual();

        // then
        assertThat(Variable.CURRENT_TIME.valueIn(scene)).isEqualTo("02:45 PM");
        assertThat(Variable.CURRENT_DATE.valueIn(scene)).isEqualTo("15 January 2026");
        assertThat(Variable.DAY_OF_WEEK.valueIn(scene)).isEqualTo("Thursday");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"age": 31}                                             | 31
                    {"age": "thirty"}                                       | thirty
                    {"age": 31, "birth": {"date": "1960-01-01"}}            | 31
                    {"birth": {"date": "1995-01-15"}}                       | 31
                    {"birth": {"date": "1995-01-16"}}                       | 30
                    {"birth": {"date": "2026-01-16"}}                       | ''
                    {"birth": {"date": "1995-02-30"}}                       | ''
                    {"birth": "1995"}                                       | ''
                    {"age": 0}                                              | ''
                    {}                                                      | ''
                    """)
    void tellTheAgeAsStatedOrByTheDateOfBirth(String profile, String age) {
        assertThat(Variable.USER_AGE.valueIn(Scenes.withProfile(profile))).isEqualTo(age);
    }

    /** 18:30 UTC is already the next day in India. */
    @Test
    void countBirthdaysInTheZoneOfTheBot() {
        // given
        var profile = "{\"birth\": {\"date\": \"1995-01-16\"}}";

        // when
        var ages =
                java.util.List.of(
                        ageAt(profile, "2026-01-15T18:29:59Z"),
                        ageAt(profile, "2026-01-15T18:30:00Z"));

        // then
        assertThat(ages).containsExactly("30", "31");
    }

    private static String ageAt(String profile, String accepted) {
        return Variable.USER_AGE.valueIn(Scenes.withProfile(profile, Instant.parse(accepted)));
    }

    @ParameterizedTest
    @CsvSource({"null", "''", "0", "false"})
    void writeNothingForAFieldThatSaysNothing(String value) {
        // given
        var json = value.isEmpty() ? "\"\"" : value;

        // when
        var scene = Scenes.withProfile("{\"name\": %s, \"gender\": %s}".formatted(json, json));

        // then
        assertThat(Variable.USER_NAME.valueIn(scene)).isEmpty();
        assertThat(Variable.USER_GENDER.valueIn(scene)).isEmpty();
    }

    @Test
    void cleanWhatAUserSaysAndCutIt() {
        // given
        var name = "a\\u0000\\u001b[31m\\u0085\\ufeffe\\u0301" + "x".repeat(200);

        // when
        var shown = Variable.USER_NAME.valueIn(Scenes.withProfile("{\"name\": \"" + name + "\"}"));

        // then
        assertThat(shown).startsWith("a[31m\u00e9xxx").hasSize(100);
    }

    @Test
    void keepTheLinesOfTheMessageAndItsLengthWithinBounds() {
        // when
        var scene = Scenes.withMessage("a\n\tb\r\n" + "\uD83C\uDF19".repeat(40_000));

        // then
        var shown = Variable.USER_MESSAGE.valueIn(scene);
        assertThat(shown).startsWith("a\n\tb\n\uD83C\uDF19");
        assertThat(shown.codePointCount(0, shown.length())).isEqualTo(32_000);
    }

    @Test
    void drawTheSameNumberForTheSameTurnAndAllFourEquallyOften() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var chance = new Random(seed);
        Map<String, Integer> counts = new HashMap<>();

        // when
        for (int i = 0; i < 8_000; i++) {
            var scene = Scenes.of(new UUID(chance.nextLong(), chance.nextLong()));
            counts.merge(Variable.RANDOM_NUMBER_1_4.valueIn(scene), 1, Integer::sum);
        }

        // then
        assertThat(counts).containsOnlyKeys("1", "2", "3", "4");
        // 2,000 each; the standard deviation is below 40, so eight of them leave no room for chance
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(1_690, 2_310));
    }

    @Test
    void sayNothingOfAUserInALog() {
        assertThat(Scenes.usual().toString()).contains("turn=").doesNotContain("Asha", "rain");
        assertThat(Scenes.usual().profile().toString()).doesNotContain("Asha");
    }
}
