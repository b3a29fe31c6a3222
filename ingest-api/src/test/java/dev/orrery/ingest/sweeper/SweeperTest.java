package dev.orrery.ingest.sweeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.ChatOutcome;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.ReplyEvent;
import dev.orrery.ids.DerivedId;
import dev.orrery.ingest.messages.MessageSettings;
import dev.orrery.ingest.store.Store;
import dev.orrery.ingest.sweeper.Sweeper.Swept;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.Reader;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.TopicListener;
import dev.orrery.ingest.testing.User;
import dev.orrery.ingest.turns.Requests;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.turn.Announcements;
import dev.orrery.pipeline.turn.TurnEvents;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

/** Sweeps by hand; the door's own sweeper sleeps. */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweeperTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Swept NOTHING = new Swept(0, 0);

    private final RunningDoor door;
    private final FakePipeline pipeline;
    private final TopicListener<ChatRequested> requests;
    private final TopicListener<ChatOutcome> outcomes;
    private final TopicListener<ReplyEvent> replies;
    private final Set<UUID> stuck = ConcurrentHashMap.newKeySet();
    private final User user;
    private final Sweeper sweeper;

    SweeperTest(RunningDoor door) {
        this.door = door;
        this.pipeline = new FakePipeline(door);
        this.requests = new TopicListener<>(door, Topics.CHAT_REQUESTS);
        this.outcomes = new TopicListener<>(door, Topics.CHAT_OUTCOMES);
        this.replies = new TopicListener<>(door, Topics.CHAT_REPLIES);
        this.user = door.guest();
        this.sweeper = sweeper();
    }

    private Sweeper sweeper() {
        var announcements = door.bean(Announcements.class);
        return new Sweeper(
                door.bean(Store.class),
                door.bean(Requests.class),
                ended ->
                        stuck.contains(ended.turnId())
                                ? Mono.never()
                                : announcements.announce(ended),
                new SweeperSettings(Duration.ofHours(1), PATIENCE, 100),
                door.bean(MessageSettings.class),
                door.bean(MeterRegistry.class));
    }

    @BeforeEach
    void leaveNothingOfOtherTests() {
        door.execute(
                """
                update chat.turns
                   set request_published_at = coalesce(request_published_at, now()),
                       outcome_published_at = case when state <> 'open' then coalesce(outcome_published_at, now()) end
                """);
    }

    @AfterAll
    void close() {
        requests.close();
        outcomes.close();
        replies.close();
        pipeline.close();
    }

    @Test
    void publishesWhatWasAcceptedAndNotPublished() {
        // given
        var message = acceptedOnly();
        longAgo("accepted_at", message);

        // when
        var swept = sweep(sweeper);

        // then
        assertThat(swept).isEqualTo(new Swept(1, 1));
        await().until(() -> !requests.of(message).isEmpty());
        assertThat(requests.of(message))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.context().id())
                            .isEqualTo(
                                    DerivedId.ofEvent(
                                            UUID.fromString(message), "ChatRequested", 0));
                    assertThat(event.value().getText()).isEqualTo("Hello");
                });
        await().until(() -> isMarked("request_published_at", message));
        assertThat(sweep(sweeper)).isEqualTo(NOTHING);
    }

    @Test
    void announcesWhatEndedAndWasNotAnnounced() {
        // given
        var message = acceptedOnly();
        var row = pipeline.begin(message).say("Hi").store(); // and the worker died
        longAgo("finished_at", message);

        // when
        var swept = sweep(sweeper);

        // then
        assertThat(swept).isEqualTo(new Swept(1, 1));
        await().until(() -> !outcomes.of(message).isEmpty() && replies.of(message).size() == 2);
        assertThat(ids(outcomes.of(message)))
                .containsExactly(TurnEvents.outcome(row).context().id());
        assertThat(ids(replies.of(message))).contains(TurnEvents.terminalReply(row).context().id());
        await().until(() -> isMarked("outcome_published_at", message));
        assertThat(sweep(sweeper)).isEqualTo(NOTHING);
    }

    @Test
    void endsWhatIsOverdue() {
        // given
        var session = user.begin("plain");
        var message = user.say(session, "Hello").text("id");
        var reader = new Reader(user.stream(message, null)).awaitId(0);
        longAgo("deadline", message);

        // when
        var swept = sweep(sweeper);

        // then
        assertThat(swept).isEqualTo(new Swept(1, 1));
        var end = reader.toEnd().getLast();
        assertThat(end.name()).isEqualTo("failed");
        assertThat(end.json().path("code").asString()).isEqualTo("deadline_exceeded");
        await().until(() -> !outcomes.of(message).isEmpty());
        assertThat(outcomes.of(message).getFirst().value().getChargeMicros()).isZero();
        assertThat(user.say(session, "Hello again").status()).isEqualTo(202);
    }

    @Test
    void leavesAloneWhatIsYoung() {
        // given
        acceptedOnly();
        pipeline.begin(acceptedOnly()).say("Hi").store();

        // when
        var swept = sweep(sweeper);

        // then
        assertThat(swept).isEqualTo(NOTHING);
    }

    @Test
    void sharesTheWorkWithAnotherSweeper() {
        // given
        var unpublished =
                Stream.generate(() -> acceptedOnly())
                        .limit(10)
                        .peek(message -> longAgo("accepted_at", message))
                        .toList();
        var unannounced =
                Stream.generate(() -> acceptedOnly())
                        .limit(10)
                        .peek(message -> pipeline.begin(message).say("Hi").store())
                        .peek(message -> longAgo("finished_at", message))
                        .toList();
        var other = sweeper();

        // when
        var both = Mono.zip(sweeper.sweep(), other.sweep()).blockOptional(ANSWER).orElseThrow();

        // then
        assertThat(both.getT1().found() + both.getT2().found()).isEqualTo(20);
        assertThat(both.getT1().told() + both.getT2().told()).isEqualTo(20);
        await().untilAsserted(() -> {
            assertThat(unpublished)
                    .allSatisfy(message -> assertThat(requests.of(message)).hasSize(1));
            assertThat(unannounced)
                    .allSatisfy(message -> assertThat(outcomes.of(message)).hasSize(1));
        });
    }

    @Test
    void saysTheSameAgainWhenItsMarkIsLost() {
        // given
        var message = acceptedOnly();
        longAgo("accepted_at", message);
        sweep(sweeper);
        await().until(() -> isMarked("request_published_at", message));
        door.execute(
                "update chat.turns set request_published_at = null, swept_at = null where turn_id = '"
                        + message
                        + "'");

        // when
        sweep(sweeper);

        // then
        await().until(() -> requests.of(message).size() == 2);
        assertThat(ids(requests.of(message)))
                .hasSize(2)
                .containsOnly(DerivedId.ofEvent(UUID.fromString(message), "ChatRequested", 0));
    }

    @Test
    void isNotHeldUpByOneThatCannotBeTold() {
        // given
        var bad = acceptedOnly();
        var good = acceptedOnly();
        Stream.of(bad, good).forEach(message -> pipeline.begin(message).say("Hi").store());
        Stream.of(bad, good).forEach(message -> longAgo("finished_at", message));
        stuck.add(UUID.fromString(bad));

        // when
        var swept = sweep(sweeper);

        // then
        assertThat(swept).isEqualTo(new Swept(2, 1));
        await().until(() -> isMarked("outcome_published_at", good));
        assertThat(isMarked("outcome_published_at", bad)).isFalse();
    }

    @Test
    void tellsOfTheOthersWhenARowMakesNoSense() {
        // given
        var bad = acceptedOnly();
        var good = acceptedOnly();
        Stream.of(bad, good).forEach(message -> pipeline.begin(message).say("Hi").store());
        Stream.of(bad, good).forEach(message -> longAgo("finished_at", message));
        door.execute(
                "update chat.turns set finish_reason = null where turn_id = '%s'".formatted(bad));

        // when
        var swept = sweep(sweeper);

        // then
        assertThat(swept).isEqualTo(new Swept(1, 1));
        await().until(() -> isMarked("outcome_published_at", good));
        assertThat(isMarked("outcome_published_at", bad)).isFalse();
    }

    /** A message whose door died right after the commit. */
    private String acceptedOnly() {
        var session = user.begin("plain");
        return door.query(
                """
                select (a.turn).turn_id
                  from chat.accept_turn('%s', '%s', '%s', 'Hello', '\\x00', 600000, 5000, 0, 0) a
                """
                        .formatted(UUID.randomUUID(), session, user.name()));
    }

    private void longAgo(String column, String message) {
        door.execute(
                "update chat.turns set %s = now() - interval '1 hour' where turn_id = '%s'"
                        .formatted(column, message));
    }

    private boolean isMarked(String column, String message) {
        return door.query(
                        "select %s is not null from chat.turns where turn_id = '%s'"
                                .formatted(column, message))
                .equals("t");
    }

    private static Swept sweep(Sweeper sweeper) {
        return sweeper.sweep().blockOptional(ANSWER).orElseThrow();
    }

    private static List<UUID> ids(List<? extends Event<?>> events) {
        return events.stream().map(event -> event.context().id()).toList();
    }
}
