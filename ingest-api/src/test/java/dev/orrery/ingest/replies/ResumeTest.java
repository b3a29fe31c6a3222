package dev.orrery.ingest.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.Reader;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.ShownEvent;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyStage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** A stream that broke goes on behind any event, while the reply runs and after its end. */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {

    private final RunningDoor door;
    private final FakePipeline pipeline;

    ResumeTest(RunningDoor door) {
        this.door = door;
        this.pipeline = new FakePipeline(door);
    }

    @AfterAll
    void close() {
        pipeline.close();
    }

    /** A reply with two epochs, resumed behind each of its events, and behind none. */
    @Test
    void resumesBehindEveryEventWhileTheReplyRuns() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var run = pipeline.begin(message);
        for (var stage : ReplyStage.values()) {
            run.reach(stage);
        }
        run.say("It ").say("se").restart().say("Yes, ").say("it ").say("does.");
        var whole = new Reader(user.stream(message, null)).awaitId(2_000_003);
        var soFar = whole.ids();

        // when
        var readers = new HashMap<Long, Reader>();
        double streams = door.meter("orrery.door.streams");
        soFar.forEach(id -> readers.put(id, new Reader(user.stream(message, id))));
        await().until(() -> door.meter("orrery.door.streams") >= streams + soFar.size());
        run.say(" Always.").complete();

        // then
        var shown = whole.toEnd();
        assertThat(whole.ids())
                .containsExactly(
                        0L,
                        1L,
                        2L,
                        3L,
                        1_000_000L,
                        1_000_001L,
                        2_000_000L,
                        2_000_001L,
                        2_000_002L,
                        2_000_003L,
                        2_000_004L,
                        2_000_005L);
        readers.forEach((id, reader) ->
                assertThat(reader.toEnd()).as("behind %d", id).isEqualTo(behind(id, shown)));
    }

    @Test
    void resumesBehindEveryEventAfterTheEnd() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var whole = new Reader(user.stream(message, null)).awaitId(0);
        var run = pipeline.begin(message);
        run.reach(ReplyStage.LLM).say("It ").restart().say("Yes, ").say("it does.").complete();
        var live = whole.toEnd();

        // when
        var rests = new HashMap<Long, List<ShownEvent>>();
        live.forEach(event -> rests.put(event.id(), user.read(message, event.id())));

        // then
        rests.forEach((id, rest) ->
                assertThat(rest).as("behind %d", id).isEqualTo(ofFinalEpoch(behind(id, live))));
        assertThat(user.read(message, null)).isEqualTo(ofFinalEpoch(live));
    }

    /** Calls stand among the text, so a client that lost its stream may have seen half of one. */
    @Test
    void resumesBehindEveryEventOfAReplyWithCallsForTools() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var whole = new Reader(user.stream(message, null)).awaitId(0);
        var run = pipeline.begin(message);
        run.reach(ReplyStage.LLM)
                .say("Let me look.")
                .call("call_1_1", "{\"city\":\"Oslo\"}")
                .say(" Rain,")
                .call("call_2_1", "no json")
                .call("call_2_2", "{}")
                .say(" for days.");
        var running = new Reader(user.stream(message, 1_000_001L));
        run.complete();
        var live = whole.toEnd();

        // when
        var rests = new HashMap<Long, List<ShownEvent>>();
        live.forEach(event -> rests.put(event.id(), user.read(message, event.id())));

        // then
        assertThat(live)
                .extracting(ShownEvent::name)
                .containsExactly(
                        "accepted",
                        "progress",
                        "progress",
                        "progress",
                        "delta",
                        "tool_call",
                        "tool_call",
                        "delta",
                        "tool_call",
                        "tool_call",
                        "tool_call",
                        "tool_call",
                        "delta",
                        "completed");
        assertThat(live.get(5).data())
                .isEqualTo(
                        "{\"id\":\"call_1_1\",\"name\":\"get_weather\",\"arguments\":{\"city\":\"Oslo\"},"
                                + "\"state\":\"called\"}");
        assertThat(live.get(8).json().path("arguments").asString()).isEqualTo("no json");
        assertThat(running.toEnd()).isEqualTo(behind(1_000_001L, live));
        rests.forEach(
                (id, rest) -> assertThat(rest).as("behind %d", id).isEqualTo(behind(id, live)));
        assertThat(user.read(message, null)).isEqualTo(live);
    }

    @Test
    void tellsTheCallsOfAReplyThatFailedWhereTheyStood() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var whole = new Reader(user.stream(message, null)).awaitId(0);
        var run = pipeline.begin(message);
        run.reach(ReplyStage.LLM).say("Let me look.").call("call_1_1", "{}").say(" It");
        run.fail(FailureCode.ALL_PROVIDERS_FAILED);
        var live = whole.toEnd();

        // when
        var stored = user.read(message, null);

        // then
        assertThat(stored)
                .isEqualTo(live.stream().filter(event -> !event.name().equals("delta")).toList());
        assertThat(stored).extracting(ShownEvent::id).endsWith(1_000_001L, 1_000_002L, 1_000_004L);
    }

    /** The text of an epoch that was given up is not kept. */
    private static List<ShownEvent> ofFinalEpoch(List<ShownEvent> events) {
        return events.stream()
                .filter(event -> event.id() < 1_000_000 || event.id() >= 2_000_000)
                .toList();
    }

    private static List<ShownEvent> behind(long id, List<ShownEvent> events) {
        return events.stream().filter(event -> event.id() > id).toList();
    }

    @Test
    void hasNothingMoreToSayBehindTheEnd() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        pipeline.answer(message, "Hi");

        // when
        var answer =
                user.send(
                        HttpMethod.GET, events(message), null, Map.of("Last-Event-ID", "1000001"));

        // then
        assertThat(answer.status()).isEqualTo(204); // which stops a browser from reconnecting
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void takesThePlaceFromTheAddressUnlessTheHeaderKnowsBetter() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        pipeline.answer(message, "a", "b", "c");

        // when
        var behindAddress = user.get(events(message) + "?after=1000001");
        var behindHeader =
                user.send(
                        HttpMethod.GET,
                        events(message) + "?after=1000001",
                        null,
                        Map.of("Last-Event-ID", "1000002"));

        // then
        assertThat(behindAddress.body()).startsWith("id:1000002\n");
        assertThat(behindHeader.body()).startsWith("id:1000003\n");
        assertThat(behindAddress.headers().getContentType())
                .matches(MediaType.TEXT_EVENT_STREAM::isCompatibleWith);
        assertThat(behindAddress.headers().getFirst("X-Accel-Buffering")).isEqualTo("no");
        assertThat(behindAddress.headers().getCacheControl()).isEqualTo("no-cache");
    }

    private static String events(String message) {
        return "/v1/messages/" + message + "/events";
    }
}
