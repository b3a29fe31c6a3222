package dev.orrery.pipeline.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class PublishedAnnouncementsTest {

    /** Acknowledges when the test says so. */
    private static final class Acknowledging implements Publisher {
        final List<Topic<?>> published = new ArrayList<>();
        final List<Sinks.Empty<Void>> acknowledgements = new ArrayList<>();

        @Override
        public Mono<Void> publish(Event<?> event) {
            return Mono.defer(() -> {
                published.add(event.topic());
                var acknowledgement = Sinks.<Void>empty();
                acknowledgements.add(acknowledgement);
                return acknowledgement.asMono();
            });
        }
    }

    private final Acknowledging publisher = new Acknowledging();
    private final ScriptedTurns turns = new ScriptedTurns();
    private final Announcements announcements = new PublishedAnnouncements(publisher, turns);

    @Test
    void publishesBothEventsWithoutWaitingBetweenThem() {
        // given
        var announced = announcements.announce(TurnExamples.COMPLETED);

        // when
        announced.subscribe();

        // then
        assertThat(publisher.published).containsExactly(Topics.CHAT_REPLIES, Topics.CHAT_OUTCOMES);
    }

    @Test
    void completesAndNotesItInTheRowWhenBothAreAcknowledged() {
        // given
        var result = StepVerifier.create(announcements.announce(TurnExamples.COMPLETED));

        // when
        var verified =
                result.then(() -> publisher.acknowledgements.get(0).tryEmitEmpty().orThrow())
                        .then(() -> assertThat(turns.outcomesPublished).isEmpty())
                        .then(() -> publisher.acknowledgements.get(1).tryEmitEmpty().orThrow());

        // then
        verified.verifyComplete();
        assertThat(turns.outcomesPublished).containsExactly(TurnExamples.TURN);
    }

    @Test
    void leavesTheRowUnmarkedWhenOneIsNotWritten() {
        // given
        var result = StepVerifier.create(announcements.announce(TurnExamples.COMPLETED));

        // when
        var verified =
                result.then(() -> publisher.acknowledgements.get(0).tryEmitEmpty().orThrow())
                        .then(() ->
                                publisher
                                        .acknowledgements
                                        .get(1)
                                        .tryEmitError(new PublishFailed("away"))
                                        .orThrow());

        // then
        verified.verifyError(PublishFailed.class);
        assertThat(turns.outcomesPublished).isEmpty();
    }

    @Test
    void doesNotFailWhenTheNoteIsNotTaken() {
        // given
        turns.mark = Mono.error(new IllegalStateException("database away"));
        var result = StepVerifier.create(announcements.announce(TurnExamples.COMPLETED));

        // when
        var verified =
                result.then(() ->
                        publisher.acknowledgements.forEach(each -> each.tryEmitEmpty().orThrow()));

        // then
        verified.verifyComplete();
    }

    @Test
    void givingUpAnnouncesTheEndThatTheRowHas() {
        // given
        turns.verdict = new FinishVerdict.Ended(TurnExamples.COMPLETED, false);
        var announced = new ArrayList<TurnRow>();
        var giveUp = new RowGiveUp(turns, row -> Mono.fromRunnable(() -> announced.add(row)));

        // when
        var result = giveUp.giveUp(TurnEvents.ref(TurnExamples.OPEN), FailureCode.INTERNAL);

        // then
        StepVerifier.create(result).verifyComplete();
        assertThat(turns.finishes).containsExactly(new Finish.GivenUp(FailureCode.INTERNAL));
        assertThat(announced).containsExactly(TurnExamples.COMPLETED);
    }

    @Test
    void givingUpATurnWhoseIdIsNoneTellsNobody() {
        // given
        var giveUp = new RowGiveUp(turns, row -> Mono.error(new AssertionError("announced")));
        var turn = TurnRef.newBuilder(TurnEvents.ref(TurnExamples.OPEN)).setTurnId("abc").build();

        // when
        var result = giveUp.giveUp(turn, FailureCode.INTERNAL);

        // then
        StepVerifier.create(result).verifyComplete();
        assertThat(turns.finishes).isEmpty();
    }

    @Test
    void givingUpATurnThatIsNotKnownTellsNobody() {
        // given
        turns.verdict = new FinishVerdict.Unknown();
        var giveUp = new RowGiveUp(turns, row -> Mono.error(new AssertionError("announced")));

        // when
        var result = giveUp.giveUp(TurnEvents.ref(TurnExamples.OPEN), FailureCode.INTERNAL);

        // then
        StepVerifier.create(result).verifyComplete();
    }
}
