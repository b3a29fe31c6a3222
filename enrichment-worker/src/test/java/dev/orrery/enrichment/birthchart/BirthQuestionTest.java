package dev.orrery.enrichment.birthchart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.profiles.Profile;
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

    @Test
    void takesWhatTheDoorResolvedWhereNothingWasTold() {
        // given
        var profile =
                profile(
                        """
                        {"birth": {"date": "1995-08-21", "time": "06:45", "place": "Pune",
                         "resolved": {"place": "Pune, Maharashtra, India", "zone": "Asia/Kolkata",
                                      "latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5}}}
                        """);

        // when
        var question = question(profile);

        // then
        assertThat(question).isEqualTo(question(profile(BIRTH)));
    }

    @Test
    void takesWhatWasToldBeforeWhatTheDoorResolved() {
        // given
        var profile =
                profile(
                        """
                        {"birth": {"date": "2020-10-25", "time": "02:30", "place": "Berlin", "utc_offset": 1,
                         "resolved": {"latitude": 52.52437, "longitude": 13.41053, "utc_offset": 2.0}}}
                        """);

        // when
        var canonical = question(profile).canonical();

        // then
        assertThat(canonical).endsWith("|2020-10-25|02:30|52.5244|13.4105|1.00");
    }

    @Test
    void asksForALocalMeanTimeOnTheClockOfTheNearestQuarter() {
        // given: Mumbai, 21 minutes and 10 seconds past five hours ahead of UTC
        var mumbai =
                profile(
                        """
                        {"birth": {"date": "1900-01-01", "time": "00:02", "latitude": 18.975, "longitude": 72.8258,
                         "utc_offset": 5.352777777777778}}
                        """);

        // when
        var question = question(mumbai);

        // then
        assertThat(question.zone()).isEqualTo(ZoneOffset.ofHoursMinutes(5, 15));
        assertThat(question.local()).hasToString("1899-12-31T23:55:50");
        assertThat(question.canonical()).contains("|1899-12-31|23:55:50|");
    }

    @Test
    void tellsTheSecondProfileFromTheFirst() {
        // given
        var both =
                JsonMapper.shared()
                        .readTree(
                                BIRTH.replace(
                                        "\"name\": \"Asha\",",
                                        """
                                        "second": {"birth": {"date": "1988-01-02", "time": "04:30",
                                         "latitude": 59.9127, "longitude": 10.7461, "utc_offset": 1}},
                                        """));

        // when
        var first = BirthQuestion.of(Whose.THE_USERS.birth(both), "astrology.example", 2);
        var second = BirthQuestion.of(Whose.THE_SECOND_ONES.birth(both), "astrology.example", 2);

        // then
        assertThat(first).isEqualTo(question(profile(BIRTH)));
        assertThat(second.canonical()).contains("|1988-01-02|04:30|59.9127|10.7461|1.00");
        assertThat(Whose.THE_USERS.kind()).isNotEqualTo(Whose.THE_SECOND_ONES.kind());
    }

    @Test
    void saysThatThereIsNoSecondProfile() {
        // given
        var alone = profile(BIRTH).document();

        // when
        Runnable ask = () -> Whose.THE_SECOND_ONES.birth(alone);

        // then
        assertThatThrownBy(ask::run)
                .isInstanceOfSatisfying(
                        SourceFailure.NotAskable.class,
                        failure -> assertThat(failure.code()).isEqualTo("no_second_birth_details"));
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
        return BirthQuestion.of(Whose.THE_USERS.birth(profile.document()), "astrology.example", 2);
    }

    private static Profile profile(String document) {
        return new Profile(JsonMapper.shared().readTree(document));
    }
}
