package dev.orrery.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.ChatRequested;
import dev.orrery.ids.DerivedId;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.Cable;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.Reader;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.ShownEvent;
import dev.orrery.ingest.testing.TopicListener;
import dev.orrery.ingest.testing.User;
import dev.orrery.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the door does while PostgreSQL or Kafka is away, and that it comes back by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTest {

    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);

    private final Cable cable = new Cable(SharedServers.database().port());
    private final RunningDoor door;
    private final FakePipeline pipeline;

    OutageTest() {
        var database = RunningDoor.newDatabase();
        this.door =
                RunningDoor.start(
                        database,
                        List.of(),
                        "orrery.database.url=postgresql://127.0.0.1:"
                                + cable.port()
                                + "/"
                                + database,
                        "orrery.door.home-partition=2",
                        "orrery.store.patience=500ms",
                        "orrery.sweeper.interval=200ms",
                        "orrery.sweeper.patience=1s");
        this.pipeline = new FakePipeline(door);
    }

    @AfterEach
    void mend() {
        cable.plugIn();
        SharedServers.kafka().restart();
    }

    @AfterAll
    void close() {
        pipeline.close();
        door.close();
        cable.close();
    }

    @Test
    void answers503WhilePostgresIsAwayAndNothingIsHalfDone() {
        // given
        var user = door.guest();
        var session = user.begin("plain");
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var before = door.fingerprint();

        // when
        cable.pull();

        // then
        assertEverythingUnavailable(user, session, message);
        assertThat(door.fingerprint()).isEqualTo(before);
        assertThat(user.get("/actuator/health/liveness").status()).isEqualTo(200);
        cable.plugIn();
        await().atMost(LONGEST_RECOVERY).until(() -> user.say(session, "Hello").status() == 202);
        door.execute(
                "update chat.turns set deadline = now() - interval '1 hour' where turn_id = '"
                        + message
                        + "'");
        await().atMost(LONGEST_RECOVERY) // the sweeper has come back as well
                .until(() -> user.get("/v1/messages/" + message).text("state").equals("failed"));
    }

    @Test
    void answers503WhenPostgresDoesNotAnswer() {
        // given
        var user = door.guest();
        var session = user.begin("plain");

        // when
        cable.pinch();

        // then
        assertUnavailable(user.say(session, "Hello"));
        assertUnavailable(user.get("/v1/sessions"));
        cable.plugIn();
        await().atMost(LONGEST_RECOVERY).until(() -> user.say(session, "Hello").status() == 202);
    }

    private static void assertEverythingUnavailable(User user, String session, String message) {
        assertUnavailable(user.say(session, "Hello"));
        assertUnavailable(user.say(session, "Hello", "a-key"));
        assertUnavailable(user.putProfile());
        assertUnavailable(user.get("/v1/me"));
        assertUnavailable(user.get("/v1/bots"));
        assertUnavailable(user.post("/v1/sessions", "{\"bot\": \"plain\"}"));
        assertUnavailable(user.get("/v1/sessions/" + session + "/messages"));
        assertUnavailable(user.get("/v1/messages/" + message));
        assertUnavailable(user.get("/v1/messages/" + message + "/events"));
        assertUnavailable(user.post("/v1/messages/" + message + "/cancel", ""));
        assertUnavailable(user.get("/v1/wallet"));
        assertUnavailable(user.topUp(1));
    }

    private static void assertUnavailable(Answer answer) {
        answer.assertProblem(ProblemCode.SERVICE_UNAVAILABLE);
        assertThat(answer.headers().getFirst("Retry-After")).isEqualTo("2");
    }

    @Test
    void streamsOnWhilePostgresIsAway() {
        // given
        var user = door.guest();
        var message = user.say(user.begin("plain"), "Hello").text("id");
        var reader = new Reader(user.stream(message, null)).awaitId(0);
        var run = pipeline.begin(message).say("a");

        // when
        cable.pull();
        run.say("b").complete();

        // then
        assertThat(reader.toEnd()).last().extracting(ShownEvent::name).isEqualTo("completed");
    }

    @Test
    void acceptsIntoTheOutboxWhileKafkaIsAway() {
        try (var requests = new TopicListener<ChatRequested>(door, Topics.CHAT_REQUESTS)) {
            // given
            var user = door.guest();
            var session = user.begin("plain");
            var streaming = new Reader(user.converse(user.begin("plain"), "Hello"));
            streaming.awaitId(0);
            SharedServers.kafka().stop();

            // when
            var accepted = user.say(session, "Hello");
            var streamed = new Reader(user.converse(user.begin("plain"), "Hello"));

            // then
            assertThat(accepted.status()).isEqualTo(202);
            var quiet = streamed.message();
            assertThat(pipeline.row(accepted.text("id")).ending()).isNull();
            var cancelled = user.post("/v1/messages/" + streaming.message() + "/cancel", "");
            assertThat(cancelled.text("state")).isEqualTo("cancelled");
            assertThat(streaming.toEnd()).last().extracting(ShownEvent::name).isEqualTo("failed");
            SharedServers.kafka().restart();
            for (var id : List.of(accepted.text("id"), quiet)) {
                await().atMost(LONGEST_RECOVERY).until(() -> !requests.of(id).isEmpty());
                assertThat(requests.of(id))
                        .extracting(event -> event.context().id())
                        .containsOnly(DerivedId.ofEvent(UUID.fromString(id), "ChatRequested", 0));
            }
            pipeline.answer(quiet, "Hi ", "again");
            assertThat(streamed.toEnd()).last().extracting(ShownEvent::name).isEqualTo("completed");
            await().atMost(LONGEST_RECOVERY).until(() -> unpublished().equals("0"));
        }
    }

    private String unpublished() {
        return door.query(
                "select count(*) from chat.turns where request_published_at is null"
                        + " or state <> 'open' and outcome_published_at is null");
    }

    @Test
    void isReadyAndAlive() {
        // given
        var user = door.stranger();

        // when
        var live = user.get("/actuator/health/liveness");
        var ready = user.get("/actuator/health/readiness");

        // then
        assertThat(live.body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(ready.body()).isEqualTo("{\"status\":\"UP\"}");
    }
}
