package dev.orrery.ingest.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RawHttp;
import dev.orrery.ingest.testing.Reader;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.ShownEvent;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.ingest.testing.User;
import dev.orrery.turns.ReplyPosition;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;

/** Nobody holds a stream for ever, and nobody holds them all. */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamLimitsTest {

    /** Of 60 kB each: far more than all buffers between the door and a client hold. */
    private static final int CHUNKS = 200;

    private final RunningDoor first;
    private final FakePipeline pipeline;
    private final RunningDoor door;

    StreamLimitsTest(RunningDoor first) {
        this.first = first;
        this.pipeline = new FakePipeline(first);
        this.door =
                RunningDoor.start(
                        first.database(),
                        List.of(),
                        "orrery.replies.streams-of-user=2",
                        "orrery.replies.linger=1s",
                        "orrery.replies.stalled-reader=400ms");
    }

    @BeforeEach
    void nobodyIsThere() {
        await().until(() -> door.meter("orrery.door.streams") == 0);
    }

    @AfterAll
    void close() {
        door.close();
        pipeline.close();
    }

    @Test
    void givesAUserNoMoreStreamsThanItMayAndOthersTheirOwn() {
        // given
        var user = first.guest().at(door);
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var session = user.begin("plain");
        var other = first.guest().at(door);
        var another = other.say(other.begin("plain"), "Hello").text("id");
        var before = door.fingerprint();
        try (var one = new Reader(user.stream(message, null)).awaitId(0);
                var two = new Reader(user.stream(message, null)).awaitId(0)) {
            // when
            var streamed = user.get("/v1/messages/" + message + "/events");
            var posted =
                    user.send(
                            HttpMethod.POST,
                            "/v1/sessions/" + session + "/messages",
                            "{\"text\": \"Hello\"}",
                            Map.of("Accept", "text/event-stream"));
            var ofAnother = new Reader(other.stream(another, null)).awaitId(0);

            // then
            streamed.assertProblem(ProblemCode.RATE_LIMITED);
            posted.assertProblem(ProblemCode.RATE_LIMITED);
            assertThat(posted.headers().getFirst("Retry-After")).isEqualTo("2");
            assertThat(door.fingerprint()).isEqualTo(before);
            assertThat(List.of(one.ids(), two.ids(), ofAnother.ids())).doesNotContain(List.of());
            ofAnother.close();
        }
    }

    @Test
    void endsAStreamWhoseTurnNobodyEnds() {
        // given
        var user = first.guest().at(door);
        var message = user.say(user.begin("plain"), "Hello").text("id");
        door.execute("update chat.turns set deadline = now() where turn_id = '" + message + "'");

        // when
        var shown = user.read(message, null);

        // then
        assertThat(shown).extracting(ShownEvent::name).containsExactly("accepted");
        assertThat(user.get("/v1/messages/" + message).text("state")).isEqualTo("accepted");
        user.post("/v1/messages/" + message + "/cancel", ""); // nobody else is to find it overdue
    }

    @Test
    void cutsAClientOffThatReadsNothing() {
        // given
        var user = first.guest().at(door);
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var run = pipeline.begin(message);
        var chunk = "x".repeat(60_000);
        try (var asleep = new RawHttp(door, 4 * 1024)) {
            asleep.say(request(user, message));
            await().until(() -> door.meter("orrery.door.streams") == 1);

            // when
            IntStream.range(0, CHUNKS).forEach(n -> run.say(new ReplyPosition(1, n), chunk));

            // then
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> asleep.say("\r\n"))
                            .isInstanceOf(UncheckedIOException.class));
            await().until(() -> door.meter("orrery.door.streams") == 0);
        }
    }

    private static String request(User user, String message) {
        return "GET /v1/messages/"
                + message
                + "/events HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer "
                + Tokens.of(user.name(), "chat")
                + "\r\n\r\n";
    }
}
