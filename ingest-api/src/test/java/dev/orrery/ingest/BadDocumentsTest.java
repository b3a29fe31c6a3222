package dev.orrery.ingest;

import static dev.orrery.ingest.problems.ProblemCode.INVALID_REQUEST;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.ProblemType;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Sessions, profiles and payments that are none are refused, and nothing has changed. */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadDocumentsTest extends ChangesNothing {

    private final User user;
    private final String session;

    BadDocumentsTest(RunningDoor door) {
        super(door);
        this.user = door.guest();
        this.session = user.begin("plain");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"bot\": \"nobody\"}                    | BOT_NOT_AVAILABLE",
                "{\"bot\": \"resting\"}                   | BOT_NOT_AVAILABLE",
                "{\"bot\": \"'; drop table chat.bots --\"}| BOT_NOT_AVAILABLE",
                "{\"bot\": \"dollars\"}                   | CURRENCY_MISMATCH",
                "{\"bot\": 1}                             | INVALID_REQUEST",
                "{\"bot\": \"\"}                          | INVALID_REQUEST",
                "{}                                       | INVALID_REQUEST",
                "{\"bot\": \"plain\", \"price\": {}}      | INVALID_REQUEST",
                "{\"bot\":                                | MALFORMED_JSON"
            })
    void opensNeitherSessionNorAccountForABotThatIsNotToBeHad(String body, String code) {
        // given
        var stranger = door.stranger();

        // when
        var answer = stranger.post("/v1/sessions", body);

        // then
        answer.assertProblem(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"title\": 1}", "{\"title\": \"\"}", "{\"state\": \"closed\"}"})
    void refusesToRename(String body) {
        // when
        var answer = user.send(HttpMethod.PATCH, "/v1/sessions/" + session, body, Map.of());

        // then
        answer.assertProblem(INVALID_REQUEST);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badProfiles")
    void refusesAProfile(String field, String value, ProblemType code) {
        // given
        var profile = (ObjectNode) JsonMapper.shared().readTree(User.PROFILE);
        var where = field.startsWith("birth.") ? (ObjectNode) profile.get("birth") : profile;
        where.putRawValue(field.replace("birth.", ""), new RawValue(value));

        // when
        var answer = user.send(HttpMethod.PUT, "/v1/me", profile.toString(), Map.of());

        // then
        answer.assertProblem(code);
    }

    static Stream<Arguments> badProfiles() {
        return Stream.of(
                        invalid("name", "1", "\"\"", "\"" + "n".repeat(101) + "\""),
                        invalid("gender", "[]", "\"" + "g".repeat(33) + "\""),
                        invalid("language", "\"1\"", "\"en_IN\"", "\"e\""),
                        invalid("country", "\"XX\"", "\"in\"", "\"IND\""),
                        invalid("birth", "\"1995\"", "[]", "{}"),
                        invalid(
                                "birth.date",
                                "\"2023-02-29\"",
                                "\"1799-12-31\"",
                                "\"2999-01-01\"",
                                "19950821"),
                        invalid("birth.date", "\"21-08-1995\"", "\"1995-8-21\"", "null"),
                        invalid(
                                "birth.time",
                                "\"24:00\"",
                                "\"6:45\"",
                                "\"06:45:61\"",
                                "\"06:45Z\"",
                                "645"),
                        invalid("birth.latitude", "90.1", "\"18\"", "1e400", "-1e400", "null"),
                        invalid("birth.longitude", "180.1", "{}", "9".repeat(60)),
                        invalid("birth.utc_offset", "5.6", "14.25", "-12.5", "\"+05:30\""),
                        invalid("birth.moon", "1"),
                        invalid("wallet", "1"))
                .flatMap(each -> each);
    }

    private static Stream<Arguments> invalid(String field, String... values) {
        return Stream.of(values).map(value -> arguments(field, value, INVALID_REQUEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"Xqzzywvkjq\"}                | PLACE_NOT_RESOLVED",
                "{}                                        | INVALID_REQUEST",
                "{\"name\": \"Pune\", \"latitude\": 18.5}    | INVALID_REQUEST",
                "{\"latitude\": 91, \"longitude\": 0}        | INVALID_REQUEST",
                "{\"name\": \"Pune\", \"street\": \"a\"}     | INVALID_REQUEST",
                "\"Pune\"                                  | INVALID_REQUEST"
            })
    void refusesAPlaceToBe(String place, String code) {
        // when
        var answer = user.send(HttpMethod.PUT, "/v1/me", "{\"place\": " + place + "}", Map.of());

        // then
        answer.assertProblem(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"birth\": {\"date\": \"1995-02-30\", \"time\": \"06:45\", \"place\": \"Pune\"}}",
                "{\"country\": \"IN\"}",
                "[]"
            })
    void refusesASecondProfile(String second) {
        // when
        var answer = user.send(HttpMethod.PUT, "/v1/me", "{\"second\": " + second + "}", Map.of());

        // then
        answer.assertProblem(INVALID_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payment_id    | null   | INVALID_REQUEST",
                "payment_id    | 7      | INVALID_REQUEST",
                "payment_id    | \"\"   | INVALID_REQUEST",
                "amount_micros | 0      | INVALID_REQUEST",
                "amount_micros | -5     | INVALID_REQUEST",
                "amount_micros | 1.5    | INVALID_REQUEST",
                "amount_micros | 1.0    | INVALID_REQUEST",
                "amount_micros | \"5\"  | INVALID_REQUEST",
                "amount_micros | null   | INVALID_REQUEST",
                "amount_micros | 9000000000000001 | INVALID_REQUEST",
                "amount_micros | 99999999999999999999999999999 | INVALID_REQUEST",
                "currency      | \"inr\" | INVALID_REQUEST",
                "currency      | \"RS.\" | INVALID_REQUEST",
                "currency      | \"USD\" | CURRENCY_MISMATCH",
                "owner         | \"me\"  | INVALID_REQUEST",
            })
    void refusesATopUp(String field, String value, String code) {
        // given
        var topUp = (ObjectNode) JsonMapper.shared().readTree(TOP_UP);
        topUp.putRawValue(field, new RawValue(value));

        // when
        var answer = user.post("/admin/v1/wallets/" + user.name() + "/top-ups", topUp.toString());

        // then
        answer.assertProblem(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%0Ab", "%20"})
    void refusesATopUpOfNobody(String name) {
        // when
        var answer = user.post("/admin/v1/wallets/" + name + "/top-ups", TOP_UP);

        // then
        answer.assertProblem(INVALID_REQUEST);
    }

    private static final String TOP_UP =
            """
            {"payment_id": "%s", "amount_micros": 5, "currency": "INR"}
            """
                    .formatted(UUID.randomUUID());
}
