package dev.orrery.ingest.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RawHttp;
import dev.orrery.ingest.testing.Reader;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.ShownEvent;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyPosition;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;

@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplyStreamTest {

    private final RunningDoor door;
    private final FakePipeline pipeline;

    ReplyStreamTest(RunningDoor door) {
        this.door = door;
        this.pipeline = new FakePipeline(door);
    }

    @AfterAll
    void close() {
        pipeline.close();
    }

    @Test
    void streamsTheWholeReplyToWhoeverPostsForIt() {
        // given
        var user = door.guest();
        var reader = new Reader(user.converse(user.begin("mira"), "Will I be famous?"));
        var message = reader.message();

        // when
        pipeline.answer(message, "Yes, ", "in ", "time.");

        // then
        var events = reader.toEnd();
        assertThat(events)
                .extracting(ShownEvent::name)
                .containsExactly(
                        "accepted",
                        "progress",
                        "progress",
                        "progress",
                        "delta",
                        "delta",
                        "delta",
                        "completed");
        assertThat(reader.ids())
                .containsExactly(0L, 1L, 2L, 3L, 1_000_000L, 1_000_001L, 1_000_002L, 1_000_003L);
        assertThat(events.subList(1, 7))
                .extracting(ShownEvent::data)
                .containsExactly(
                        "{\"stage\":\"enrichment\"}",
                        "{\"stage\":\"prompt\"}",
                        "{\"stage\":\"llm\"}",
                        "{\"text\":\"Yes, \"}",
                        "{\"text\":\"in \"}",
                        "{\"text\":\"time.\"}");
        var completed = events.getLast().json();
        assertThat(completed.path("message_id").asString()).isEqualTo(message);
        assertThat(completed.path("text").asString()).isEqualTo("Yes, in time.");
        assertThat(completed.path("usage").path("output_tokens").asInt()).isEqualTo(7);
        assertThat(completed.path("provider").asString()).isEqualTo("openai");
        assertThat(completed.path("charge").path("micros").asLong()).isEqualTo(5_000_000);
    }

    @Test
    void acceptsTheNextMessageFromWhoeverHasSeenTheEnd() {
        // given
        var user = door.guest();
        var session = user.begin("plain");
        for (int turn = 1; turn <= 5; turn++) {
            // when
            var reader = new Reader(user.converse(session, "Hello " + turn));
            pipeline.answer(reader.message(), "Hi ", "again");

            // then
            assertThat(reader.toEnd()).last().extracting(ShownEvent::name).isEqualTo("completed");
            assertThat(user.get("/v1/sessions/" + session + "/messages").json().path("items"))
                    .hasSize(turn)
                    .allMatch(item -> item.path("state").asString().equals("completed"));
        }
    }

    @Test
    void showsTheSameToEveryoneWhoReads() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var run = pipeline.begin(message);
        var readers = new ArrayList<Reader>();

        // when
        for (int chunk = 0; chunk < 20; chunk++) {
            readers.add(new Reader(user.stream(message, null)));
            run.say("chunk " + chunk);
        }
        run.complete();

        // then
        var expected = user.read(message, null);
        assertThat(readers).allSatisfy(reader -> assertThat(reader.toEnd()).isEqualTo(expected));
    }

    @Test
    void attachesAStreamToAMessageThatWasPostedBefore() {
        // given
        var user = door.guest();
        var session = user.begin("plain");
        var message = user.say(session, "Hello", "key-1").text("id");
        pipeline.answer(message, "Hi");

        // when
        var answer =
                user.send(
                        HttpMethod.POST,
                        "/v1/sessions/" + session + "/messages",
                        "{\"text\": \"Hello\"}",
                        Map.of("Idempotency-Key", "key-1", "Accept", "text/event-stream"));

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"message_id\":\"" + message + "\"", "event:completed");
    }

    @Test
    void fillsWhatTheTopicLostFromTheRow() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var reader = new Reader(user.stream(message, null)).awaitId(0);
        var run = pipeline.begin(message);

        // when
        run.say("a").lose("b").say("c").complete();

        // then
        reader.toEnd();
        assertThat(reader.ids())
                .containsExactly(0L, 1L, 2L, 3L, 1_000_000L, 1_000_001L, 1_000_002L, 1_000_003L);
    }

    @Test
    void tellsAnEndThatNobodyAnnounced() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var reader = new Reader(user.stream(message, null)).awaitId(0);

        // when
        pipeline.begin(message).say("Hi").store(); // and the worker dies

        // then
        assertThat(reader.toEnd()).last().extracting(ShownEvent::name).isEqualTo("completed");
    }

    @Test
    void neverShowsWhatAnEarlierRunStillSays() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var reader = new Reader(user.stream(message, null));
        var run = pipeline.begin(message).say("old").restart().say("new");
        reader.awaitId(2_000_001);

        // when
        run.say(new ReplyPosition(1, 1), "from a zombie");
        run.say(new ReplyPosition(2, 1), "repeated");
        run.complete();

        // then
        assertThat(reader.toEnd())
                .filteredOn(event -> event.name().equals("delta"))
                .extracting(ShownEvent::data)
                .containsExactly("{\"text\":\"old\"}", "{\"text\":\"new\"}");
    }

    @Test
    void tellsAFailureInFriendlyWords() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var reader = new Reader(user.stream(message, null)).awaitId(0);

        // when
        pipeline.begin(message).say("It se").fail(FailureCode.ALL_PROVIDERS_FAILED);

        // then
        var failed = reader.toEnd().getLast();
        assertThat(failed.name()).isEqualTo("failed");
        assertThat(failed.id()).isEqualTo(1_000_001);
        assertThat(failed.json().path("code").asString()).isEqualTo("all_providers_failed");
        assertThat(failed.json().path("message").asString())
                .isEqualTo(FailureCode.ALL_PROVIDERS_FAILED.message());
        assertThat(user.read(message, 1_000_000L)).containsExactly(failed);
        var view = user.get("/v1/messages/" + message).json();
        assertThat(view.path("state").asString()).isEqualTo("failed");
        assertThat(view.path("charge").path("micros").asLong(-1)).isZero();
    }

    @Test
    void doesNotCancelWhenAClientHangsUp() {
        // given
        var user = door.guest();
        double before = door.meter("orrery.door.streams");
        var reader = new Reader(user.converse(user.begin("plain"), "Hello"));
        var message = reader.message();

        // when
        reader.close();

        // then
        await().until(() -> door.meter("orrery.door.streams") <= before);
        assertThat(user.get("/v1/messages/" + message).text("state")).isEqualTo("accepted");
        pipeline.answer(message, "Still here");
        assertThat(user.read(message, 0L))
                .last()
                .extracting(ShownEvent::name)
                .isEqualTo("completed");
    }

    @Test
    void keepsASilentConnectionAlive() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        try (var http = new RawHttp(door, 64 * 1024)) {
            // when
            http.say(get(message, Tokens.of(user.name(), "chat")));

            // then
            var lines =
                    IntStream.range(0, 40)
                            .mapToObj(n -> http.line())
                            .takeWhile(line -> !line.equals(":keep-alive"))
                            .toList();
            assertThat(lines).hasSizeLessThan(40).contains(":open", "id:0", "retry:1000");
        }
    }

    private static String get(String message, String token) {
        return "GET "
                + events(message)
                + " HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer "
                + token
                + "\r\n\r\n";
    }

    @Test
    void refusesToStreamWhatIsNotThere() {
        // given
        var user = door.guest();

        // when
        var answer =
                user.send(
                        HttpMethod.GET,
                        events("00000000-0000-4000-8000-000000000000"),
                        null,
                        Map.of("Accept", "text/event-stream"));

        // then
        answer.assertProblem(CommonProblem.NOT_FOUND);
    }

    private static String events(String message) {
        return "/v1/messages/" + message + "/events";
    }
}
