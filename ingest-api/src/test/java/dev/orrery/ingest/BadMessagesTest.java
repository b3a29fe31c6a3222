package dev.orrery.ingest;

import static dev.orrery.ingest.problems.ProblemCode.INVALID_REQUEST;
import static dev.orrery.pipeline.http.CommonProblem.MALFORMED_JSON;
import static dev.orrery.pipeline.http.CommonProblem.PAYLOAD_TOO_LARGE;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.ingest.testing.RawHttp;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;

/** A message that is none is refused with a stable code, and nothing has changed. */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadMessagesTest extends ChangesNothing {

    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final User user;
    private final String session;

    BadMessagesTest(RunningDoor door) {
        super(door);
        this.user = door.guest();
        this.session = user.begin("plain");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badMessages")
    void refusesAMessage(String what, byte[] body, ProblemType code) {
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

    private static Arguments bad(String what, String body, ProblemType code) {
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

    private String messages() {
        return "/v1/sessions/" + session + "/messages";
    }
}
