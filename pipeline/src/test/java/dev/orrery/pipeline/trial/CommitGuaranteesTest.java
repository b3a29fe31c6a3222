package dev.orrery.pipeline.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The guarantees about commits are shown runs that keep them and runs that break them. */
class CommitGuaranteesTest {

    private static Sent sent(int sequence) {
        return new Sent("key", sequence, 0, sequence);
    }

    private static void handle(Guarantee guarantee, int sequence) {
        var seen = new Sighting("key", sequence, "a");
        guarantee.onStarted(seen);
        guarantee.onFinished(seen);
    }

    @Nested
    class Commits {

        private final Guarantee guarantee = new CommitsOnlyTheHandledPrefix();

        @Test
        void mayFollowTheHandledPrefix() {
            // given
            guarantee.onSent(sent(0));
            guarantee.onSent(sent(1));
            handle(guarantee, 0);

            // when
            guarantee.onCommitted(0, 1);

            // then
            assertThat(guarantee.violations()).isEmpty();
        }

        @Test
        void mayComeBeforeTheSenderHearsOfTheEvent() {
            // given
            handle(guarantee, 0);
            guarantee.onCommitted(0, 1);

            // when
            guarantee.onSent(sent(0));
            guarantee.onCommitted(0, 1);

            // then
            assertThat(guarantee.violations()).isEmpty();
        }

        @Test
        void mustNotPassAnOpenEvent() {
            // given
            guarantee.onSent(sent(0));
            guarantee.onSent(sent(1));
            handle(guarantee, 1);

            // when
            guarantee.onCommitted(0, 2);

            // then
            assertThat(guarantee.violations())
                    .containsExactly("committed 2 of partition 0, but open: key#0 at 0");
        }

        @Test
        void areComparedWithTheirOwnPartition() {
            // given
            guarantee.onSent(sent(0));

            // when
            guarantee.onCommitted(1, 5);

            // then
            assertThat(guarantee.violations()).isEmpty();
        }
    }

    @Nested
    class CommittedOffsets {

        private final Guarantee guarantee = new CommitsNeverGoBack();

        @Test
        void mayStayAndGrow() {
            // given
            guarantee.onCommitted(0, 5);

            // when
            guarantee.onCommitted(0, 5);
            guarantee.onCommitted(0, 9);
            guarantee.onCommitted(1, 3);

            // then
            assertThat(guarantee.violations()).isEmpty();
        }

        @Test
        void mustNotGoBack() {
            // given
            guarantee.onCommitted(0, 5);

            // when
            guarantee.onCommitted(0, 4);

            // then
            assertThat(guarantee.violations())
                    .containsExactly("committed 4 of partition 0 after 5");
        }
    }
}
