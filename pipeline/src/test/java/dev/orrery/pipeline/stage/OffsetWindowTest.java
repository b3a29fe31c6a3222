package dev.orrery.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OffsetWindowTest {

    private final OffsetWindow window = new OffsetWindow(8);

    @Test
    void knowsNothingBeforeTheFirstRecord() {
        assertThat(window.prefixEnd()).isEmpty();
    }

    @Test
    void standsAtTheFirstRecordUntilItIsDone() {
        // given
        receive(100, 101);

        // when
        window.done(101);

        // then
        assertThat(window.prefixEnd()).hasValue(100);
    }

    @Test
    void jumpsOverWhatWasDoneBefore() {
        // given
        receive(100, 101, 102);
        window.done(101);

        // when
        window.done(100);

        // then
        assertThat(window.prefixEnd()).hasValue(102);
    }

    @Test
    void takesAGapInTheLogForDone() {
        // given
        receive(5, 9);

        // when
        window.done(5);

        // then
        assertThat(window.prefixEnd()).hasValue(9);
    }

    @Test
    void goesRoundItsRingForEver() {
        // given
        int records = 1_000;

        // when
        for (int offset = 0; offset < records; offset++) {
            window.received(offset);
            window.done(offset);
        }

        // then
        assertThat(window.prefixEnd()).hasValue(records);
        assertThat(window.room()).isEqualTo(8);
    }

    @Test
    void refusesMoreThanItHolds() {
        // given
        receive(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(window.room()).isZero();

        // when / then
        assertThatThrownBy(() -> window.received(8))
                .hasMessage("Offset window overflowed: 8 (expected: < 8)");
        assertThat(window.prefixEnd()).hasValue(0);
    }

    @Test
    void refusesAnOffsetThatGoesBack() {
        // given
        receive(5, 6);

        // when / then
        assertThatThrownBy(() -> window.received(6))
                .hasMessage("Offset regressed: 6 (expected: >= 7)");
    }

    @Test
    void refusesWhatIsDoneTwiceOrWasNeverReceived() {
        // given
        receive(5, 6, 7);
        window.done(6);

        // when / then
        assertThatThrownBy(() -> window.done(6)).hasMessageStartingWith("BUG");
        assertThatThrownBy(() -> window.done(8)).hasMessageStartingWith("BUG");
        assertThatThrownBy(() -> window.done(4)).hasMessageStartingWith("BUG");
    }

    @Test
    void agreesWithANaiveModelWhateverHappens() {
        var seeds = new Random();
        for (int run = 0; run < 300; run++) {
            agreesWithANaiveModel(seeds.nextLong());
        }
    }

    private static void agreesWithANaiveModel(long seed) {
        // given
        var random = new Random(seed);
        int capacity = 1 + random.nextInt(64);
        var window = new OffsetWindow(capacity);
        var model = new NaiveModel(capacity, random.nextInt(1_000));

        for (int step = 0; step < 400; step++) {
            // when
            if (random.nextInt(5) < 3 && model.room() > 0) {
                long offset =
                        model.next + (random.nextInt(4) == 0 ? random.nextInt(model.room()) : 0);
                window.received(offset);
                model.received(offset);
            } else if (!model.open.isEmpty()) {
                long offset = new ArrayList<>(model.open).get(random.nextInt(model.open.size()));
                window.done(offset);
                model.open.remove(offset);
            }

            // then
            assertThat(window.prefixEnd())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(model.prefixEnd());
            assertThat(window.room()).as("seed %d, step %d", seed, step).isEqualTo(model.room());
        }
    }

    private void receive(long... offsets) {
        for (long offset : offsets) {
            window.received(offset);
        }
    }

    /**
     * A set of what is open; the prefix ends at its least element, or after everything received.
     */
    private static final class NaiveModel {

        private final int capacity;
        private final TreeSet<Long> open = new TreeSet<>();
        private boolean empty = true;
        private long next;

        NaiveModel(int capacity, long first) {
            this.capacity = capacity;
            this.next = first;
        }

        void received(long offset) {
            empty = false;
            open.add(offset);
            next = offset + 1;
        }

        OptionalLong prefixEnd() {
            return empty ? OptionalLong.empty() : OptionalLong.of(oldest());
        }

        int room() {
            return capacity - (int) (next - oldest());
        }

        private long oldest() {
            return open.isEmpty() ? next : open.getFirst();
        }
    }
}
