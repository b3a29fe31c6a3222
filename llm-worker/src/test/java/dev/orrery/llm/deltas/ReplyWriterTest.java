package dev.orrery.llm.deltas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.ReplyEvent;
import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.RecordingPublisher;
import dev.orrery.llm.Replies;
import dev.orrery.pipeline.event.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyWriterTest {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private final ManualTime time = new ManualTime();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private int runsInFlight = 1;
    private final ReplyWriter writer =
            new ReplyWriters(publisher, Pace.defaults(), () -> runsInFlight, time.ticker())
                    .open(
                            Examples.prompt(Examples.openTurn(Examples.TURN)),
                            Examples.ref(Examples.openTurn(Examples.TURN)),
                            1);

    @Test
    void sendsTheFirstTextAtOnce() {
        // when
        writer.add("Good");

        // then
        assertThat(places()).containsExactly("1/0 DELTA Good");
    }

    @Test
    void joinsWhatComesWithinThePause() {
        // given
        writer.add("Good");
        writer.add(" mor");
        writer.add("ning");
        writer.add(",");
        time.advance(PAUSE.minusMillis(1));
        var before = places();

        // when
        time.advance(Duration.ofMillis(1));

        // then
        assertThat(before).containsExactly("1/0 DELTA Good");
        assertThat(places()).containsExactly("1/0 DELTA Good", "1/1 DELTA  morning,");
    }

    @Test
    void sendsAtOnceWhatComesAfterThePause() {
        // given
        writer.add("Good");
        time.advance(PAUSE);

        // when
        writer.add(" morning");

        // then
        assertThat(places()).containsExactly("1/0 DELTA Good", "1/1 DELTA  morning");
    }

    @Test
    void stretchesThePauseUnderLoad() {
        // given
        runsInFlight = 640;
        writer.add("Good");
        writer.add(" morning");
        time.advance(Duration.ofMillis(249));
        var before = places();

        // when
        time.advance(Duration.ofMillis(1));

        // then
        assertThat(before).hasSize(1);
        assertThat(places()).hasSize(2);
    }

    @Test
    void joinsWhatComesWhileTheBrokerIsBehind() {
        // given
        publisher.hold();
        writer.add("Good");
        writer.add(" mor");
        time.advance(Duration.ofSeconds(1));
        writer.add("ning");

        // when
        publisher.acknowledge();

        // then
        assertThat(places()).containsExactly("1/0 DELTA Good", "1/1 DELTA  morning");
    }

    @Test
    void opensTheNextEpochWithARestart() {
        // given
        writer.add("Good mor");
        writer.add("ning");

        // when
        writer.restart(2);
        writer.add("Hello.");
        var delivered = writer.end();

        // then
        assertThat(places())
                .containsExactly("1/0 DELTA Good mor", "2/0 RESTARTED 2", "2/1 DELTA Hello.");
        assertThat(delivered).isEqualTo(new DeliveredReply("Hello.", 2, 2, List.of(6), List.of()));
    }

    @Test
    void sendsTheRestartOnlyBehindTheTextThatIsOnItsWay() {
        // given
        publisher.hold();
        writer.add("Good mor");
        writer.restart(2);
        writer.add("Hello.");
        var before = places();

        // when
        publisher.acknowledge();
        publisher.acknowledge();

        // then
        assertThat(before).containsExactly("1/0 DELTA Good mor");
        assertThat(places())
                .containsExactly("1/0 DELTA Good mor", "2/0 RESTARTED 2", "2/1 DELTA Hello.");
    }

    @Test
    void beginsWithARestartWhenAnEarlierRunMayHaveShownText() {
        // when
        writer.beginWithRestart(101);
        writer.add("Hello.");
        var delivered = writer.end();

        // then
        assertThat(places()).containsExactly("1/0 RESTARTED 101", "1/1 DELTA Hello.");
        assertThat(delivered.openedByRestart()).isTrue();
    }

    @Test
    void sendsTheRestAtOnceWhenTheReplyEnds() {
        // given
        writer.add("Good");
        writer.add(" morning.");

        // when
        var delivered = writer.end();

        // then
        assertThat(places()).containsExactly("1/0 DELTA Good", "1/1 DELTA  morning.");
        assertThat(delivered)
                .isEqualTo(new DeliveredReply("Good morning.", 1, 0, List.of(4, 13), List.of()));
    }

    @Test
    void knowsWhatTheReplyHasComeToBeforeItsRestIsSent() {
        // given
        publisher.hold();
        writer.add("Good");
        writer.add(" morning.");

        // when
        var delivered = writer.end();

        // then
        assertThat(places()).containsExactly("1/0 DELTA Good");
        assertThat(delivered.text()).isEqualTo("Good morning.");
        assertThat(delivered.chunkEnds()).containsExactly(4, 13);
    }

    @Test
    void isAcknowledgedWhenAllOfItIs() {
        // given
        publisher.hold();
        writer.add("Good");
        writer.add(" morning.");
        writer.end();
        var acknowledged = writer.acknowledged().toFuture();
        publisher.acknowledge();
        boolean before = acknowledged.isDone();

        // when
        publisher.acknowledge();

        // then
        assertThat(before).isFalse();
        assertThat(acknowledged).isCompleted();
    }

    @Test
    void neverSendsWhatWaitsWhenTheReplyIsAbandoned() {
        // given
        writer.add("Good");
        writer.add(" mor");

        // when
        var delivered = writer.abandon();
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(places()).containsExactly("1/0 DELTA Good");
        assertThat(delivered.chunkEnds()).containsExactly(4);
    }

    @Test
    void saysNothingAfterItIsClosed() {
        // given
        writer.add("Good");
        writer.add(" mor");

        // when
        writer.close();
        writer.add("ning");
        writer.restart(2);
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(places()).containsExactly("1/0 DELTA Good");
    }

    @Test
    void publishesAgainUnderTheSameIdWhatCouldNotBeWritten() {
        // given
        publisher.failNext(2);

        // when
        writer.add("Good");

        // then
        await().untilAsserted(() -> assertThat(publisher.published()).hasSize(3));
        assertThat(publisher.published())
                .extracting(event -> event.context().id())
                .containsOnly(publisher.published().getFirst().context().id());
    }

    @Test
    void keepsTheHalvesOfACharacterTogether() {
        // given
        writer.add("A");
        writer.add("\uD83D");
        time.advance(PAUSE);
        var before = places();

        // when
        writer.add("\uDE00!");

        // then
        assertThat(before).containsExactly("1/0 DELTA A");
        assertThat(places()).containsExactly("1/0 DELTA A", "1/1 DELTA \uD83D\uDE00!");
    }

    @Test
    void storesExactlyWhatItSends() {
        // given
        writer.add("a\0b");
        writer.add("\uD83D");

        // when
        var delivered = writer.end();

        // then
        var sent = String.join("", publisher.replies().stream().map(ReplyEvent::getText).toList());
        assertThat(delivered.text()).isEqualTo(sent).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(delivered.chunkEnds()).containsExactly(3, 4);
    }

    @Test
    void addressesTheInstanceThatWaitsAndDerivesEveryId() {
        // given
        var again = new RecordingPublisher();
        var repeated =
                new ReplyWriters(again, Pace.defaults(), () -> 1, time.ticker())
                        .open(
                                Examples.prompt(Examples.openTurn(Examples.TURN)),
                                Examples.ref(Examples.openTurn(Examples.TURN)),
                                1);

        // when
        writer.add("Good");
        repeated.add("Good");

        // then
        assertThat(publisher.published())
                .extracting(Event::partition)
                .containsOnly(Examples.REPLY_PARTITION);
        assertThat(publisher.published().getFirst().context().id())
                .isEqualTo(again.published().getFirst().context().id());
    }

    private List<String> places() {
        return publisher.replies().stream().map(Replies::line).toList();
    }
}
