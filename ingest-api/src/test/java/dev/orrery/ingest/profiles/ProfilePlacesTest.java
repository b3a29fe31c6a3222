package dev.orrery.ingest.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names of places become coordinates and offsets, or are asked back. */
@ExtendWith(SharedDoor.class)
class ProfilePlacesTest {

    private final User user;

    ProfilePlacesTest(RunningDoor door) {
        this.user = door.stranger();
    }

    @ParameterizedTest
    @CsvSource({
        // half and quarter hours, summer time, war time, local mean time
        "Pune, 1995-08-21, 06:45, Asia/Kolkata, 5.5",
        "Kathmandu, 2000-02-29, 09:00, Asia/Kathmandu, 5.75",
        "New York, 1990-07-01, 12:00, America/New_York, -4",
        "Kolkata, 1943-06-01, 12:00, Asia/Kolkata, 6.5",
        "Mumbai, 1900-01-01, 12:00, Asia/Kolkata, 5.352777777777778"
    })
    void takesTheOffsetThatThePlaceHadThatDay(
            String place, String date, String time, String zone, double offset) {
        // when
        var answer = put(born(place, date, time));

        // then
        var birth = birth(answer);
        assertThat(birth.path("place").asString()).isEqualTo(place);
        assertThat(birth.path("resolved").path("zone").asString()).isEqualTo(zone);
        assertThat(birth.path("resolved").path("utc_offset").asDouble())
                .isCloseTo(offset, within(1e-9));
        assertThat(birth.has("latitude")).as("what was told stays apart").isFalse();
    }

    @Test
    void takesTheMostPopulousOfSeveralPlacesAndSaysSo() {
        // when
        var answer = put(born("Salem", "1990-03-21", "12:00"));

        // then
        var resolved = birth(answer).path("resolved");
        assertThat(resolved.path("place").asString()).isEqualTo("Salem, Tamil Nadu, India");
        assertThat(resolved.path("latitude").asDouble()).isCloseTo(11.65, within(0.1));
        assertThat(resolved.path("others"))
                .extracting(JsonNode::asString)
                .contains("Salem, Oregon, United States");
    }

    @Test
    void suggestsPlacesForANameThatItDoesNotKnow() {
        // when
        var answer = put(born("Hydrabad", "1990-03-21", "12:00"));

        // then
        answer.assertProblem(ProblemCode.PLACE_NOT_RESOLVED);
        assertThat(answer.text("detail"))
                .startsWith("birth.place: Hydrabad is not known (expected: ")
                .contains("Telangana, India");
        assertThat(answer.json().path("suggestions"))
                .extracting(JsonNode::asString)
                .anyMatch(place -> place.endsWith("Telangana, India"));
    }

    @ParameterizedTest
    @CsvSource({
        "Berlin, 2020-10-25, 02:30, came twice in Berlin, utc_offset beside it",
        "New York, 2021-03-14, 02:30, never came in New York, 2021-03-14T03:00"
    })
    void asksBackAboutATimeAtWhichClocksWereChanged(
            String place, String date, String time, String what, String expectation) {
        // when
        var answer = put(born(place, date, time));

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(answer.text("detail")).startsWith("birth.time: " + what).contains(expectation);
    }

    @Test
    void letsWhatIsToldWinOverWhatFollowsFromTheName() {
        // when
        var answer =
                put(
                        """
                        {"birth": {"date": "2020-10-25", "time": "02:30", "place": "Berlin", "utc_offset": 1}}
                        """);

        // then
        assertThat(birth(answer).path("resolved").path("utc_offset").asDouble()).isEqualTo(1);
        assertThat(birth(answer).path("resolved").path("latitude").asDouble())
                .isCloseTo(52.5, within(0.1));
    }

    @Test
    void takesBackWhatItShowedAndLooksAnEditedNameUpAnew() {
        // given
        var shown = put(born("Pune", "1990-03-21", "12:00")).json().path("profile").toString();

        // when
        var repeated = put(shown);
        var edited = put(shown.replace("\"place\":\"Pune\"", "\"place\":\"Oslo\""));

        // then
        assertThat(repeated.json().path("version").asInt()).isEqualTo(1);
        assertThat(edited.json().path("version").asInt()).isEqualTo(2);
        assertThat(birth(edited).path("resolved").path("place").asString())
                .isEqualTo("Oslo, Norway");
    }

    @Test
    void keepsWhereSomebodyIsApartFromWhereTheyWereBorn() {
        // when
        var answer =
                put(
                        """
                        {"place": {"name": "Berlin"},
                         "birth": {"date": "1990-03-21", "time": "12:00", "place": "Pune"}}
                        """);

        // then
        var home = answer.json().path("profile").path("place");
        assertThat(home.path("resolved").path("zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(birth(answer).path("resolved").path("zone").asString())
                .isEqualTo("Asia/Kolkata");
    }

    @Test
    void keepsASecondProfileBesideTheFirst() {
        // given
        var both =
                """
                {"name": "Asha", "birth": {"date": "1990-03-21", "time": "12:00", "place": "Pune"},
                 "second": {"name": "Ravi", "birth": {"date": "1988-01-02", "time": "04:30", "place": "Oslo"}}}
                """;

        // when
        var answer = put(both);

        // then
        var second = answer.json().path("profile").path("second");
        assertThat(second.path("name").asString()).isEqualTo("Ravi");
        assertThat(second.path("birth").path("resolved").path("place").asString())
                .isEqualTo("Oslo, Norway");
        assertThat(birth(answer).path("resolved").path("place").asString())
                .isEqualTo("Pune, Maharashtra, India");
    }

    @Test
    void namesTheFieldOfASecondProfileThatIsWrong() {
        // when
        var answer =
                put(
                        """
                        {"second": {"birth": {"date": "1990-03-21", "time": "12:00", "place": "Hydrabad"}}}
                        """);

        // then
        answer.assertProblem(ProblemCode.PLACE_NOT_RESOLVED);
        assertThat(answer.text("detail")).startsWith("second.birth.place: Hydrabad");
    }

    private static String born(String place, String date, String time) {
        var birth =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("date", date)
                        .put("time", time)
                        .put("place", place);
        return JsonMapper.shared().createObjectNode().set("birth", birth).toString();
    }

    private Answer put(String profile) {
        return user.send(HttpMethod.PUT, "/v1/me", profile, Map.of());
    }

    private static JsonNode birth(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("profile").path("birth");
    }
}
