package dev.orrery.ingest.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.CancelRequested;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.Reader;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.ShownEvent;
import dev.orrery.ingest.testing.TopicListener;
import dev.orrery.topics.Topics;
import dev.orrery.turns.ReplyStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancellationTest {

    private final RunningDoor door;
    private final FakePipeline pipeline;
    private final TopicListener<CancelRequested> stops;
    private final TopicListener<ChatOutcome> outcomes;

    CancellationTest(RunningDoor door) {
        this.door = door;
        this.pipeline = new FakePipeline(door);
        this.stops = new TopicListener<>(door, Topics.CHAT_CANCELLATIONS);
        this.outcomes = new TopicListener<>(door, Topics.CHAT_OUTCOMES);
    }

    @AfterAll
    void close() {
        stops.close();
        outcomes.close();
        pipeline.close();
    }

    @Test
    void endsATurnBeforeItsFirstTextForNothing() {
        // given
        var user = door.guest();
        var session = user.begin("plain");
        var message = user.say(session, "Hello").text("id");
        var reader = new Reader(user.stream(message, null));
        pipeline.begin(message).reach(ReplyStage.LLM);
        reader.awaitId(3);

        // when
        var answer = user.post("/v1/messages/" + message + "/cancel", "");

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("state")).isEqualTo("cancelled");
        assertThat(answer.json().path("charge").path("micros").asLong(-1)).isZero();
        assertThat(answer.json().path("failure").path("code").asString()).isEqualTo("cancelled");
        var last = reader.toEnd().getLast();
        assertThat(last.name()).isEqualTo("failed");
        assertThat(last.json().path("code").asString()).isEqualTo("cancelled");
        assertThat(user.say(session, "Hello again").status()).isEqualTo(202);
    }

    @Test
    void tellsEverybodyOnce() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        user.post("/v1/messages/" + message + "/cancel", "");

        // when
        var again = user.post("/v1/messages/" + message + "/cancel", "");

        // then
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("state")).isEqualTo("cancelled");
        await().until(() -> !stops.of(message).isEmpty() && !outcomes.of(message).isEmpty());
        assertThat(stops.of(message)).hasSize(1);
        assertThat(outcomes.of(message))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.value().getState()).isEqualTo(OutcomeState.CANCELLED);
                    assertThat(outcome.value().getChargeMicros()).isZero();
                });
    }

    @Test
    void chargesWhatWasDelivered() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var reader = new Reader(user.stream(message, null));
        var run = pipeline.begin(message).say("It seems");
        reader.awaitId(1_000_000);
        run.renew(12, 3);

        // when
        var answer = user.post("/v1/messages/" + message + "/cancel", "");

        // then
        assertThat(answer.json().path("charge").path("micros").asLong()).isEqualTo(5_000_000);
        assertThat(reader.toEnd()).last().extracting(ShownEvent::name).isEqualTo("failed");
    }

    @Test
    void leavesAnAnswerThatWasFasterAsItIs() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        pipeline.answer(message, "Hi");

        // when
        var answer = user.post("/v1/messages/" + message + "/cancel", "");

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("state")).isEqualTo("completed");
        assertThat(answer.json().path("reply").path("text").asString()).isEqualTo("Hi");
    }
}
