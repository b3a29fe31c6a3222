package dev.orrery.ingest;

import static dev.orrery.ingest.problems.ProblemCode.INVALID_REQUEST;
import static dev.orrery.ingest.problems.ProblemCode.MALFORMED_JSON;
import static dev.orrery.ingest.problems.ProblemCode.METHOD_NOT_ALLOWED;
import static dev.orrery.ingest.problems.ProblemCode.NOT_ACCEPTABLE;
import static dev.orrery.ingest.problems.ProblemCode.NOT_FOUND;
import static dev.orrery.ingest.problems.ProblemCode.PAYLOAD_TOO_LARGE;
import static dev.orrery.ingest.problems.ProblemCode.PLACE_NOT_RESOLVED;
import static dev.orrery.ingest.problems.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.RawHttp;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.ingest.testing.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

/** Whatever is sent, the answer is a problem with a stable code, and nothing has changed. */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final RunningDoor door;
    private final User user;
    private final String session;
    private final String message;
    private String before = "";

    BadInputTest(RunningDoor door) {
        this.door = door;
        this.user = door.guest();
        this.session = user.begin("plain");
        this.message = user.say(user.begin("plain"), "Hello").text("id");
    }

    @BeforeEach
    void rememberEverything() {
        before = door.fingerprint();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badMessages")
    void refusesAMessage(String what, byte[] body, ProblemCode code) {
        // when
        var answer = user.send(HttpMethod.POST, messages(), body, headers -> {});

        // then
        answer.assertProblem(code);
    }

    static Stream<Arguments> badMessages() {
        return Stream.of(
                bad("nothing", "", MALFORMED_JSON),
                bad("half an object", "{\"text\": \"Hello", MALFORMED_JSON),
                bad("no JSON", "text=Hello", MALFORMED_JSON),
                bad("a comment", "{\"text\": \"Hello\" /* there */}", MALFORMED_JSON),
                bad("an array", "[\"Hello\"]", MALFORMED_JSON),
                bad("a text", "\"Hello\"", MALFORMED_JSON),
                bad("null", "null", MALFORMED_JSON),
                bad("a key twice", "{\"text\": \"Hello\", \"text\": \"Bye\"}", MALFORMED_JSON),
                bad("something behind it", "{\"text\": \"Hello\"} yes", MALFORMED_JSON),
                bad("two objects", "{\"text\": \"Hello\"}{\"text\": \"Bye\"}", MALFORMED_JSON),
                bad("17 levels", nested(17), MALFORMED_JSON),
                bad("100,000 levels", nested(100_000), MALFORMED_JSON),
                bad("an endless number", "{\"text\": " + "9".repeat(1_000) + "}", MALFORMED_JSON),
                bad("a key without end", "{\"" + "k".repeat(1_000) + "\": 1}", MALFORMED_JSON),
                bytes("a broken UTF-8 sequence", "7b2274657874223a2022c328227d"),
                bytes("an overlong NUL", "7b2274657874223a2022c080227d"),
                bytes("a surrogate in UTF-8", "7b2274657874223a2022eda080227d"),
                bytes("a cut UTF-8 sequence", "7b2274657874223a2022e282"),
                arguments(
                        "UTF-16",
                        "{\"text\": \"Hello\"}".getBytes(StandardCharsets.UTF_16),
                        MALFORMED_JSON),
                bad("no text", "{}", INVALID_REQUEST),
                bad("text null", "{\"text\": null}", INVALID_REQUEST),
                bad("a number for a text", "{\"text\": 42}", INVALID_REQUEST),
                bad("a boolean for a text", "{\"text\": true}", INVALID_REQUEST),
                bad("an array for a text", "{\"text\": [\"Hello\"]}", INVALID_REQUEST),
                bad("an object for a text", "{\"text\": {\"a\": \"b\"}}", INVALID_REQUEST),
                bad("an empty text", "{\"text\": \"\"}", INVALID_REQUEST),
                bad("a blank text", "{\"text\": \" \\n\\t\\u2003\"}", INVALID_REQUEST),
                bad("an unknown field", "{\"text\": \"Hello\", \"model\": \"x\"}", INVALID_REQUEST),
                bad("an unknown unwritable field", "{\"\\ud83d\": 1}", INVALID_REQUEST),
                bad("NUL", "{\"text\": \"Hel\\u0000lo\"}", INVALID_REQUEST),
                bad("a lone high surrogate", "{\"text\": \"Hello \\ud83d\"}", INVALID_REQUEST),
                bad("a lone low surrogate", "{\"text\": \"\\ude00 Hello\"}", INVALID_REQUEST),
                bad("surrogates reversed", "{\"text\": \"\\ude00\\ud83d\"}", INVALID_REQUEST),
                bad("32,001 letters", text("a".repeat(32_001)), PAYLOAD_TOO_LARGE),
                bad("32,001 emoji", text("😀".repeat(32_001)), PAYLOAD_TOO_LARGE),
                bad("a body too large", text("a".repeat(MAX_BODY_BYTES)), PAYLOAD_TOO_LARGE));
    }

    private static Arguments bad(String what, String body, ProblemCode code) {
        return arguments(what, body.getBytes(StandardCharsets.UTF_8), code);
    }

    private static Arguments bytes(String what, String hex) {
        return arguments(what, HexFormat.of().parseHex(hex), MALFORMED_JSON);
    }

    private static String nested(int levels) {
        return "{\"text\": " + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    private static String text(String text) {
        return "{\"text\": \"" + text + "\"}";
    }

    @Test
    void stopsReadingABodyThatTurnsOutTooLarge() {
        // given
        var chunk = "a".repeat(64 * 1024);

        // when
        var answer =
                RawHttp.exchange(
                        door,
                        "POST "
                                + messages()
                                + " HTTP/1.1\r\nAuthorization: Bearer "
                                + Tokens.of(user.name(), "chat")
                                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                        ("10000\r\n" + chunk + "\r\n").repeat(5)); // and never an end

        // then
        answer.assertProblem(PAYLOAD_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "application/merge-patch+json",
                "multipart/form-data; boundary=x"
            })
    void refusesABodyOfAnotherType(String type) {
        // when
        var answer =
                user.send(HttpMethod.POST, messages(), text("Hello"), Map.of("Content-Type", type));

        // then
        answer.assertProblem(UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /v1/me",
        "DELETE, /v1/me",
        "PUT,    /v1/sessions",
        "PUT,    /v1/sessions/{session}/messages",
        "DELETE, /v1/messages/{message}",
        "GET,    /v1/messages/{message}/cancel",
        "POST,   /v1/messages/{message}/events",
        "PATCH,  /v1/wallet",
        "GET,    /admin/v1/wallets/somebody/top-ups"
    })
    void refusesAMethodThatIsNotOffered(String method, String path) {
        // when
        var answer = user.send(HttpMethod.valueOf(method), resolved(path), "{}", Map.of());

        // then
        answer.assertProblem(METHOD_NOT_ALLOWED);
        assertThat(answer.headers().getAllow()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /v1/me,                          image/png",
        "POST,   /v1/sessions,                    text/event-stream",
        "PATCH,  /v1/sessions/{session},          text/html",
        "DELETE, /v1/sessions/{session},          text/html",
        "POST,   /v1/sessions/{session}/messages, text/html",
        "POST,   /v1/messages/{message}/cancel,   text/event-stream",
        "GET,    /v1/messages/{message}/events,   application/json",
        "POST,   /admin/v1/wallets/somebody/top-ups, text/csv"
    })
    void refusesToAnswerInAnotherFormBeforeAnythingHappens(
            String method, String path, String accept) {
        // given
        var bodies =
                Map.of(
                        "PUT",
                        User.PROFILE.replace("Pune", "Delhi"),
                        "PATCH",
                        "{\"title\": \"New\"}",
                        "POST",
                        path.endsWith("sessions") ? "{\"bot\": \"plain\"}" : text("Hello"));

        // when
        var answer =
                user.send(
                        HttpMethod.valueOf(method),
                        resolved(path),
                        bodies.get(method),
                        Map.of("Accept", accept));

        // then
        answer.assertProblem(NOT_ACCEPTABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/nonsense",
                "/v1/messages/42",
                "/v1/messages/{message}x",
                "/v1/messages/00000000-0000-4000-8000-000000000000",
                "/v1/sessions/00000000-0000-4000-8000-000000000000/messages",
                "/admin/v1/nonsense",
                "/"
            })
    void knowsNothingUnderAnotherAddress(String path) {
        // when
        var answer = user.get(resolved(path));

        // then
        answer.assertProblem(NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1//me",
                "/v1/sessions/..",
                "/v1/me;a=b",
                "/v1/./me",
                "/v1%2Fme",
                "/v1/%252e%252e/me"
            })
    void refusesCrookedAddresses(String path) {
        // when
        var answer =
                RawHttp.exchange(
                        door,
                        "GET "
                                + path
                                + " HTTP/1.1\r\nAuthorization: Bearer "
                                + Tokens.of(user.name(), "chat")
                                + "\r\n",
                        "");

        // then
        answer.assertProblem(INVALID_REQUEST);
    }

    @ParameterizedTest
    @MethodSource("badPages")
    void refusesAPageThatMakesNoSense(String path, String page) {
        // when
        var answer = user.get(resolved(path) + "?" + page);

        // then
        answer.assertProblem(INVALID_REQUEST);
    }

    static Stream<Arguments> badPages() {
        var pages =
                Stream.of(
                        "limit=",
                        "limit=0",
                        "limit=101",
                        "limit=-1",
                        "limit=1e1",
                        "limit=99999999999",
                        "cursor=",
                        "cursor=AAAA",
                        "cursor=%21%21%21",
                        "cursor=" + "A".repeat(4_000),
                        "cursor=" + cursor(-1),
                        "cursor=" + cursor(Long.MIN_VALUE));
        return pages.flatMap(page ->
                Stream.of("/v1/sessions", "/v1/sessions/{session}/messages", "/v1/wallet/entries")
                        .map(path -> arguments(path, page)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/sessions", "/v1/sessions/{session}/messages", "/v1/wallet/entries"})
    void showsAPageToACursorFromFarAhead(String path) {
        // when
        var answer = user.get(resolved(path) + "?cursor=" + cursor(Long.MAX_VALUE));

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static String cursor(long number) {
        var bytes = ByteBuffer.allocate(24).putLong(number).putLong(-1).putLong(-1).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "1.5", "abc", "0x1", "1,2", "9999999999999999", "99999999999999999"})
    void refusesAPlaceThatNoEventHas(String place) {
        // when
        var header = user.send(HttpMethod.GET, events(), null, Map.of("Last-Event-ID", place));
        var parameter = user.get(events() + "?after=" + place);

        // then
        header.assertProblem(INVALID_REQUEST);
        parameter.assertProblem(INVALID_REQUEST);
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void refusesAnIdempotencyKey(String what, String[] keys) {
        // when
        var answer =
                user.send(
                        HttpMethod.POST,
                        messages(),
                        text("Hello").getBytes(StandardCharsets.UTF_8),
                        headers -> {
                            for (var key : keys) {
                                headers.add("Idempotency-Key", key);
                            }
                        });

        // then
        answer.assertProblem(INVALID_REQUEST);
    }

    static Stream<Arguments> badKeys() {
        return Stream.of(
                arguments("empty", new String[] {""}),
                arguments("an empty text", new String[] {"\"\""}),
                arguments("too long", new String[] {"k".repeat(256)}),
                arguments("beyond ASCII", new String[] {"clé"}),
                arguments("a tab", new String[] {"a\tb"}),
                arguments("two", new String[] {"one", "two"}));
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
    void opensNeitherSessionNorAccountForABotThatIsNotToBeHad(String body, ProblemCode code) {
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
    void refusesAProfile(String field, String value, ProblemCode code) {
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

    @Test
    void asksForTheCoordinatesOfAPlace() {
        // given
        var profile =
                "{\"birth\": {\"date\": \"1995-08-21\", \"time\": \"06:45\", \"place\": \"Pune\"}}";

        // when
        var answer = user.send(HttpMethod.PUT, "/v1/me", profile, Map.of());

        // then
        answer.assertProblem(PLACE_NOT_RESOLVED);
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
    void refusesATopUp(String field, String value, ProblemCode code) {
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

    private String events() {
        return "/v1/messages/" + message + "/events";
    }

    private String messages() {
        return "/v1/sessions/" + session + "/messages";
    }

    private String resolved(String path) {
        return path.replace("{session}", session).replace("{message}", message);
    }
}
