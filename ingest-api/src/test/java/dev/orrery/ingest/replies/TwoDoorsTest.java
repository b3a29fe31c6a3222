package dev.orrery.ingest.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RawHttp;
import dev.orrery.ingest.testing.Reader;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.ShownEvent;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.turns.ReplyPosition;
import dev.orrery.turns.ReplyStage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;

/**
 * Two instances on one database: the shared one, whose replies come to partition 0, and a small one
 * with its home at partition 1, which has little room and is restarted at the end.
 */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoDoorsTest {

    /** Far more than all buffers between the door and a client hold. */
    private static final int MANY = 2_000;

    private final RunningDoor first;
    private final FakePipeline pipeline;
    private final List<Reader> readers = new ArrayList<>();
    private RunningDoor second;

    TwoDoorsTest(RunningDoor first) {
        this.first = first;
        this.pipeline = new FakePipeline(first);
        this.second = startSecond();
    }

    private RunningDoor startSecond() {
        return RunningDoor.start(
                first.database(),
                List.of(),
                "orrery.door.home-partition=1",
                "orrery.replies.foreign-tails=1",
                "orrery.replies.reader-buffer=8",
                "orrery.replies.streams=12");
    }

    private Reader follow(Flux<ShownEvent> stream) {
        var reader = new Reader(stream);
        readers.add(reader);
        return reader;
    }

    /** Also of a test that has failed: the next one counts streams. */
    @AfterEach
    void hangUp() {
        readers.forEach(Reader::close);
        readers.clear();
        await().until(() -> second.meter("orrery.door.streams") == 0);
    }

    @AfterAll
    void close() {
        second.close();
        pipeline.close();
    }

    @Test
    void addressesRepliesToTheInstanceThatAccepted() {
        // given
        var user = first.guest();

        // when
        var atFirst = user.say(user.begin("plain"), "Hello").text("id");
        var atSecond = user.at(second).say(user.begin("plain"), "Hello").text("id");

        // then
        assertThat(pipeline.row(atFirst).replyPartition()).isZero();
        assertThat(pipeline.row(atSecond).replyPartition()).isEqualTo(1);
    }

    @Test
    void resumesAtTheOtherInstanceBehindEveryEventWhileTheReplyRuns() {
        // given
        var user = first.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var whole = follow(user.stream(message, null));
        var run = pipeline.begin(message).reach(ReplyStage.LLM).say("a").say("b");
        var seen = whole.awaitId(1_000_001).ids();

        // when
        var resumed = new HashMap<Long, Reader>();
        seen.forEach(id -> resumed.put(id, follow(user.at(second).stream(message, id))));
        await().until(() -> second.meter("orrery.door.streams") == seen.size());
        double foreignTails = second.meter("orrery.door.foreign.tails");
        run.say("c").complete();

        // then
        var shown = whole.toEnd();
        assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 1_000_000L, 1_000_001L);
        assertThat(foreignTails).as("all share one tail").isEqualTo(1);
        resumed.forEach((id, reader) ->
                assertThat(reader.toEnd()).as("behind %d", id).isEqualTo(behind(id, shown)));
        await().until(() -> second.meter("orrery.door.foreign.tails") == 0);
    }

    @Test
    void servesAtEitherInstanceWhatHasEndedAtOne() {
        // given
        var user = first.guest();
        var message = user.at(second).say(user.begin("plain"), "Hello").text("id");
        pipeline.answer(message, "Hi ", "there");

        // when
        var atFirst = user.read(message, 1L);
        var atSecond = user.at(second).read(message, 1L);

        // then
        assertThat(atFirst).hasSize(5).isEqualTo(atSecond);
    }

    @Test
    void refusesToFollowMoreThanItMay() {
        // given
        var user = first.guest();
        var early = user.say(user.begin("plain"), "Hello").text("id");
        pipeline.begin(early).say("a");
        var late = user.say(user.begin("plain"), "Hello").text("id");
        try (var reader = follow(user.at(second).stream(late, null)).awaitId(0)) {
            // when
            var answer = user.at(second).get("/v1/messages/" + early + "/events");

            // then
            answer.assertProblem(ProblemCode.SERVICE_UNAVAILABLE);
            assertThat(answer.headers().getFirst("Retry-After")).isEqualTo("2");
            assertThat(reader.ids()).contains(0L);
        }
        await().until(() -> second.meter("orrery.door.foreign.tails") == 0);
    }

    @Test
    void acceptsNoMessageForAStreamThatItHasNoRoomFor() {
        // given
        var user = first.guest().at(second);
        var running = user.say(user.begin("plain"), "Hello").text("id");
        var crowd = Stream.generate(() -> follow(user.stream(running, null))).limit(12).toList();
        await().until(() -> second.meter("orrery.door.streams") == 12);
        var session = user.begin("plain");
        var before = second.fingerprint();

        // when
        var posted =
                user.send(
                        HttpMethod.POST,
                        "/v1/sessions/" + session + "/messages",
                        "{\"text\": \"Hello\"}",
                        Map.of("Accept", "text/event-stream"));
        var streamed = user.get("/v1/messages/" + running + "/events");

        // then
        posted.assertProblem(ProblemCode.SERVICE_UNAVAILABLE);
        streamed.assertProblem(ProblemCode.SERVICE_UNAVAILABLE);
        assertThat(second.fingerprint()).isEqualTo(before);
        crowd.forEach(Reader::close);
        await().until(() -> second.meter("orrery.door.streams") == 0);
        assertThat(user.say(session, "Hello").status()).isEqualTo(202);
    }

    @Test
    void hangsUpOnAClientThatDoesNotReadAndOnNobodyElse() {
        // given
        var user = first.guest().at(second);
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var run = pipeline.begin(message);
        var reader = follow(user.stream(message, null)).awaitId(0);
        try (var asleep = new RawHttp(second, 4 * 1024)) {
            asleep.say(
                    "GET /v1/messages/"
                            + message
                            + "/events HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer "
                            + Tokens.of(user.name(), "chat")
                            + "\r\n\r\n");
            await().until(() -> second.meter("orrery.door.streams") == 2);
            var chunk = "x".repeat(60_000);

            // when
            int said = 0;
            while (second.meter("orrery.door.slow.readers") < 1 && said < MANY) {
                run.say(new ReplyPosition(1, said), chunk);
                reader.awaitId(1_000_000 + said);
                said++;
            }

            // then
            assertThat(said).as("chunks until it was let go").isLessThan(MANY);
            await().until(() -> second.meter("orrery.door.streams") == 1);
            asleep.awaitEnd();
            user.post("/v1/messages/" + message + "/cancel", "");
            assertThat(reader.toEnd()).hasSize(4 + said + 1);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void goesOnAfterARestartInTheMiddleOfAReply() {
        // given
        var user = first.guest();
        var message = user.at(second).say(user.begin("plain"), "Hello").text("id");
        var run = pipeline.begin(message).reach(ReplyStage.LLM);
        var reader = follow(user.at(second).stream(message, null));
        run.say("a").say("b");
        reader.awaitId(1_000_001);

        // when
        second.close();
        run.say("c");
        second = startSecond();
        var resumed = follow(user.at(second).stream(message, 1_000_001L)).awaitId(1_000_002);
        run.say("d").complete();

        // then
        assertThat(reader.ids()).containsExactly(0L, 1L, 2L, 3L, 1_000_000L, 1_000_001L);
        resumed.toEnd();
        assertThat(resumed.ids()).containsExactly(1_000_002L, 1_000_003L, 1_000_004L);
        assertThat(resumed.toEnd().getLast().json().path("text").asString()).isEqualTo("abcd");
    }

    private static List<ShownEvent> behind(long id, List<ShownEvent> events) {
        return events.stream().filter(event -> event.id() > id).toList();
    }
}
