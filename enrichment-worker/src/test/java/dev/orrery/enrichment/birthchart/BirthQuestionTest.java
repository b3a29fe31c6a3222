package dev.orrery.enrichment.birthchart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.profiles.Profile;
import dev.orrery.enrichment.source.SourceFailure;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class BirthQuestionTest {

    private static final String BIRTH =
            """
            {"name": "Asha", "birth": {"date": "1995-08-21", "time": "06:45", "place": "Pune",
             "latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5}}
            """;

    @Test
    void hasOneSpelling() {
        // given
        var profile = profile(BIRTH);

        // when
        var canonical = question(profile).canonical();

        // then
        assertThat(canonical)
                .isEqualTo(
                        "astrology.example|lahiri|dashas=2|1995-08-21|06:45|18.5204|73.8567|5.50");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Asha;Ravi",
                "Pune;Poona",
                "06:45;06:45:59",
                "18.5204;18.52040001",
                "5.5;5.50",
                "73.8567;73.85674"
            })
    void isTheSameForWhatMakesNoDifference(String said, String otherwise) {
        // given
        var profile = profile(BIRTH.replace(said, otherwise));

        // when
        var question = question(profile);

        // then
        assertThat(question.canonical()).isEqualTo(question(profile(BIRTH)).canonical());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "06:45;06:46",
                "1995-08-21;1995-08-22",
                "18.5204;18.5205",
                "73.8567;-73.8567",
                "5.5;5.75"
            })
    void isAnotherForAnEditedBirth(String said, String otherwise) {
        // given
        var profile = profile(BIRTH.replace(said, otherwise));

        // when
        var question = question(profile);

        // then
        assertThat(question.canonical()).isNotEqualTo(question(profile(BIRTH)).canonical());
    }

    @Test
    void knowsNoNegativeZero() {
        // given
        var south = profile(BIRTH.replace("18.5204", "-0.00001"));

        // when
        var canonical = question(south).canonical();

        // then
        assertThat(canonical).contains("|0.0000|").doesNotContain("-0.0000");
    }

    @Test
    void keepsQuartersOfAnHour() {
        // given
        var nepal = profile(BIRTH.replace("5.5", "5.75"));

        // when
        var zone = question(nepal).zone();

        // then
        assertThat(zone).isEqualTo(ZoneOffset.ofHoursMinutes(5, 45));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};no_birth_details",
                "{\"birth\": null};no_birth_details",
                "{\"birth\": {\"date\": \"1995-08-21\", \"time\": \"06:45\", \"place\": \"Pune\"}};place_not_resolved",
                "{\"birth\": {\"date\": \"1995-08-21\", \"time\": \"06:45\"}};unusable_birth_details",
                "{\"birth\": {}};unusable_birth_details"
            })
    void saysWhyItCannotBeAsked(String document, String code) {
        // given
        var profile = profile(document);

        // when
        Runnable ask = () -> question(profile);

        // then
        assertThatThrownBy(ask::run)
                .isInstanceOfSatisfying(
                        SourceFailure.NotAskable.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"18\"", "91", "1e400", "null"})
    void isNotAskedWithALatitudeThatIsNone(String latitude) {
        // given
        var profile =
                profile(BIRTH.replace("\"place\": \"Pune\",", "").replace("18.5204", latitude));

        // when
        Runnable ask = () -> question(profile);

        // then
        assertThatThrownBy(ask::run).isInstanceOf(SourceFailure.NotAskable.class);
    }

    @Test
    void tellsNothingInALog() {
        // given
        var profile = profile(BIRTH);

        // when
        var text = question(profile).toString() + profile;

        // then
        assertThat(text).isEqualTo("BirthQuestion[]Profile[]");
    }

    private static BirthQuestion question(Profile profile) {
        return BirthQuestion.of(profile, "astrology.example", 2);
    }

    private static Profile profile(String document) {
        return new Profile(JsonMapper.shared().readTree(document));
    }
}
