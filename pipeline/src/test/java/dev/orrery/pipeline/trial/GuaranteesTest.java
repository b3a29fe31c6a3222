package dev.orrery.pipeline.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each guarantee is shown a run that keeps it and runs that break it. */
class GuaranteesTest {

    private static Sighting seen(int sequence) {
        return new Sighting("key", sequence, "a");
    }

    private static Sent sent(int sequence) {
        return new Sent("key", sequence, 0, sequence);
    }

    private static void handle(Guarantee guarantee, int... sequences) {
        for (int sequence : sequences) {
            guarantee.onStarted(seen(sequence));
            guarantee.onFinished(seen(sequence));
        }
    }

    @Nested
    class EveryEvent {

        private final Guarantee guarantee = new EveryEventIsHandled();

        @Test
        void mayBeHandledMoreThanOnce() {
            // given
            guarantee.onSent(sent(0));

            // when
            handle(guarantee, 0, 0);

            // then
            assertThat(guarantee.violations()).isEmpty();
        }

        @Test
        void mustNotBeLost() {
            // given
            guarantee.onSent(sent(0));
            guarantee.onSent(sent(1));

            // when
            handle(guarantee, 0);

            // then
            assertThat(guarantee.violations()).containsExactly("never finished: key#1");
        }

        @Test
        void isNotHandledWhenItWasOnlyBegun() {
            // given
            guarantee.onSent(sent(0));

            // when
            guarantee.onStarted(seen(0));
            guarantee.onAbandoned(seen(0));

            // then
            assertThat(guarantee.violations()).hasSize(1);
        }

        @Test
        void isCountedThoughTheFirstFewAloneAreSpelledOut() {
            // given
            var many = IntStream.range(0, 500);

            // when
            many.forEach(each -> guarantee.onSent(sent(each)));

            // then
            assertThat(guarantee.violations()).hasSize(21).last().isEqualTo("and 480 more");
        }
    }

    @Nested
    class EveryEffect {

        private final Guarantee guarantee = new EveryEffectIsWritten();

        private void write(int... sequences) {
            for (int sequence : sequences) {
                guarantee.onWritten("key", sequence);
            }
        }

        @Test
        void mayBeRepeated() {
            // given
            handle(guarantee, 0, 1, 0, 1, 2);

            // when
            write(0, 1, 0, 1, 2);

            // then
            assertThat(guarantee.violations()).isEmpty();
        }

        @Test
        void mustNotBeMissing() {
            // given
            handle(guarantee, 0, 1);

            // when
            write(0);

            // then
            assertThat(guarantee.violations()).containsExactly("never written: key#1");
        }

        @Test
        void mustNotComeBeforeAnEarlierOne() {
            // given
            handle(guarantee, 0, 1, 2);

            // when
            write(0, 2, 1);

            // then
            assertThat(guarantee.violations()).containsExactly("written key#2 after #0");
        }

        @Test
        void isNotExpectedOfABuriedEvent() {
            // given
            handle(guarantee, 0);

            // when
            guarantee.onBuried(seen(0));

            // then
            assertThat(guarantee.violations()).isEmpty();
        }
    }

    @Nested
    class OneAtATime {

        private final Guarantee guarantee = new OneAtATimePerKey();

        @Test
        void allowsTheNextWhenTheLastHasEnded() {
            // given
            handle(guarantee, 0);
            guarantee.onStarted(seen(1));
            guarantee.onAbandoned(seen(1));

            // when
            guarantee.onStarted(seen(1));

            // then
            assertThat(guarantee.violations()).isEmpty();
        }

        @Test
        void allowsOtherKeysMeanwhile() {
            // given
            guarantee.onStarted(seen(0));

            // when
            guarantee.onStarted(new Sighting("other", 0, "a"));

            // then
            assertThat(guarantee.violations()).isEmpty();
        }

        @Test
        void seesTwoEventsOfAKeyInFlight() {
            // given
            guarantee.onStarted(seen(0));

            // when
            guarantee.onStarted(seen(1));

            // then
            assertThat(guarantee.violations())
                    .containsExactly("started key#1 in a while in flight: key#0 in a");
        }

        @Test
        void seesTheSameEventInFlightInTwoInstances() {
            // given
            guarantee.onStarted(seen(0));

            // when
            guarantee.onStarted(new Sighting("key", 0, "b"));

            // then
            assertThat(guarantee.violations()).hasSize(1);
        }
    }

    @Nested
    class InOrder {

        private final Guarantee guarantee = new InOrderPerKey(key -> 0);

        @Test
        void allowsARetryInTheLane() {
            // given
            guarantee.onAssigned(0, "a");

            // when
            handle(guarantee, 0, 1, 1, 2);

            // then
            assertThat(guarantee.violations()).isEmpty();
        }

        @Test
        void allowsRedeliveryAfterANewAssignment() {
            // given
            handle(guarantee, 0, 1, 2);

            // when
            guarantee.onAssigned(0, "b");
            handle(guarantee, 1, 2, 3);

            // then
            assertThat(guarantee.violations()).isEmpty();
        }

        @Test
        void seesAGap() {
            // given
            handle(guarantee, 0);

            // when
            handle(guarantee, 2);

            // then
            assertThat(guarantee.violations())
                    .containsExactly("started key#2 in a after #0, highest so far #0");
        }

        @Test
        void seesAGapAlsoAcrossANewAssignment() {
            // given
            handle(guarantee, 0);

            // when
            guarantee.onAssigned(0, "b");
            handle(guarantee, 2);

            // then
            assertThat(guarantee.violations()).hasSize(1);
        }

        @Test
        void seesARegressThatNoAssignmentExplains() {
            // given
            handle(guarantee, 0, 1, 2);

            // when
            handle(guarantee, 1);

            // then
            assertThat(guarantee.violations()).hasSize(1);
        }
    }

    @Test
    void togetherSayWhichStatementWasBroken() {
        // given
        var all = Guarantees.ofAStage(key -> 0);
        all.onSent(sent(0));

        // when
        all.onCommitted(0, 1);

        // then
        assertThat(all.violations())
                .containsExactlyInAnyOrder(
                        "every event is handled: never finished: key#0",
                        "no commit beyond the contiguous handled prefix: committed 1 of partition"
                                + " 0, but open: key#0 at 0");
    }
}
