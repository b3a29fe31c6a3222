package dev.orrery.ingest.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(SharedDoor.class)
class MeTest {

    private final User user;
    private final RunningDoor door;

    MeTest(RunningDoor door) {
        this.door = door;
        this.user = door.stranger();
    }

    @Test
    void knowsNothingOfSomebodyWhoSaidNothing() {
        // when
        var answer = user.get("/v1/me");

        // then
        answer.assertProblem(CommonProblem.NOT_FOUND);
    }

    @Test
    void keepsWhatItWasTold() {
        // when
        var put = user.putProfile();

        // then
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().path("version").asInt()).isEqualTo(1);
        assertThat(put.json().path("profile"))
                .isEqualTo(JsonMapper.shared().readTree(User.PROFILE));
        assertThat(user.get("/v1/me").body()).isEqualTo(put.body());
    }

    @Test
    void opensAWalletWithTheFirstProfile() {
        // when
        user.putProfile();

        // then
        var wallet = user.get("/v1/wallet").json();
        assertThat(wallet.path("currency").asString()).isEqualTo("INR");
        assertThat(wallet.path("available_micros").asLong(-1)).isZero();
    }

    @Test
    void makesANewVersionOfAChangeAndNoneOfARepeat() {
        // given
        user.putProfile();

        // when
        var repeated = user.putProfile();
        var changed = put("{\"name\": \"Asha\"}");

        // then
        assertThat(repeated.json().path("version").asInt()).isEqualTo(1);
        assertThat(changed.json().path("version").asInt()).isEqualTo(2);
        assertThat(changed.json().path("profile").size()).as("all was replaced").isEqualTo(1);
    }

    @Test
    void countsVersionsWithoutAGapWhenManyPutAtOnce() {
        // when
        var answers =
                Flux.fromStream(IntStream.range(0, 20).boxed())
                        .flatMap(
                                n ->
                                        user.later(
                                                HttpMethod.PUT,
                                                "/v1/me",
                                                "{\"name\": \"Asha " + n + "\"}",
                                                Map.of()),
                                20)
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        // then
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(
                        door.query(
                                "select string_agg(version::text, ',' order by version) from chat.profiles where user_id = '"
                                        + user.name()
                                        + "'"))
                .isEqualTo("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20");
    }

    @Test
    void acceptsABirthAtTheEdgesOfTheWorld() {
        // when
        var answer =
                put(
                        """
                        {"birth": {"date": "2024-02-29", "time": "23:59:59", "latitude": -90, "longitude": 180.0,
                                   "utc_offset": 5.75}, "language": "hi-IN", "name": "आशा 😀"}
                        """);

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("profile").path("birth").path("utc_offset").asDouble())
                .isEqualTo(5.75);
    }

    @Test
    void keepsTheZoneAndTheAppThatPromptsReadFromAProfile() {
        // given
        var profile = "{\"time_zone\": \"America/St_Johns\", \"app_id\": \"4\"}";

        // when
        var answer = put(profile);

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var stored = answer.json().path("profile");
        assertThat(stored).isEqualTo(JsonMapper.shared().readTree(profile));
        var read = new dev.orrery.pipeline.prompt.variables.Profile(stored);
        assertThat(read.zone()).contains(ZoneId.of("America/St_Johns"));
        assertThat(read.text("app_id")).isEqualTo("4");
    }

    @Test
    void tellsPromptsTheZoneOfAPlace() {
        // when
        var answer = put("{\"place\": {\"name\": \"Auckland\"}}");

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var read = new dev.orrery.pipeline.prompt.variables.Profile(answer.json().path("profile"));
        assertThat(read.zone()).contains(ZoneId.of("Pacific/Auckland"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "+05:30", "asia/kolkata"})
    void refusesAZoneThatIsNone(String zone) {
        // when
        var answer = put("{\"time_zone\": \"" + zone + "\"}");

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(answer.text("detail")).contains("time_zone", "(expected: IANA");
    }

    private Answer put(String profile) {
        return user.send(HttpMethod.PUT, "/v1/me", profile, Map.of());
    }
}
