package dev.orrery.ingest;

import static dev.orrery.ingest.problems.ProblemCode.INVALID_REQUEST;
import static dev.orrery.ingest.problems.ProblemCode.NOT_ACCEPTABLE;
import static dev.orrery.pipeline.http.CommonProblem.METHOD_NOT_ALLOWED;
import static dev.orrery.pipeline.http.CommonProblem.NOT_FOUND;
import static dev.orrery.pipeline.http.CommonProblem.UNSUPPORTED_MEDIA_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.ingest.testing.RawHttp;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.ingest.testing.User;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

/** What is asked in the wrong way is refused before anything happens. */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsTest extends ChangesNothing {

    private final User user;
    private final String session;
    private final String message;

    BadRequestsTest(RunningDoor door) {
        super(door);
        this.user = door.guest();
        this.session = user.begin("plain");
        this.message = user.say(user.begin("plain"), "Hello").text("id");
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
        "PATCH,  /v1/me",
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

    private static String text(String text) {
        return "{\"text\": \"" + text + "\"}";
    }

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
