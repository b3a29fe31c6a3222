package dev.orrery.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyPositionTest {

    /** The greatest whole number up to which a double holds every one. */
    private static final long EXACT_IN_A_DOUBLE = 1L << 53;

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 1000000", "1, 3, 1000003", "101, 999999, 101999999"})
    void isANumberThatAReaderCanHandBack(long epoch, int sequence, long id) {
        // given
        var position = new ReplyPosition(epoch, sequence);

        // then
        assertThat(position.id()).isEqualTo(id);
        assertThat(ReplyPosition.ofId(id)).isEqualTo(position);
    }

    @Test
    void keepsItsOrderAsANumber() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var random = new Random(seed);

        for (int i = 0; i < 1_000; i++) {
            // when
            var one = new ReplyPosition(random.nextInt(300), random.nextInt(1_000_000));
            var other = new ReplyPosition(random.nextInt(300), random.nextInt(1_000_000));

            // then
            int byParts =
                    one.epoch() == other.epoch()
                            ? Integer.compare(one.sequence(), other.sequence())
                            : Long.compare(one.epoch(), other.epoch());
            assertThat(Integer.signum(one.compareTo(other))).isEqualTo(byParts);
            assertThat(ReplyPosition.ofId(one.id())).isEqualTo(one);
        }
    }

    @Test
    void isExactForClientsWhoseNumbersAreDoubles() {
        // when
        var last = new ReplyPosition(9_000_000_000L, 999_999);

        // then
        assertThat(last.id()).isLessThanOrEqualTo(EXACT_IN_A_DOUBLE);
        assertThatThrownBy(last::next).hasMessage("sequence: 1000000 (expected: 0 to 999999)");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 9_000_000_001_000_000L, Long.MAX_VALUE})
    void isNoIdThatNoReplyHas(long id) {
        assertThatThrownBy(() -> ReplyPosition.ofId(id))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void holdsEachStageBeforeAnyText(ReplyStage stage) {
        // when
        var position = stage.position();

        // then
        assertThat(position).isGreaterThan(ReplyPosition.ACCEPTED);
        assertThat(position).isLessThan(new ReplyPosition(1, 0));
        assertThat(ReplyStage.at(position)).contains(stage);
    }

    @Test
    void holdsNoStageWhereAnotherEventStands() {
        assertThat(ReplyStage.at(ReplyPosition.ACCEPTED)).isEmpty();
        assertThat(ReplyStage.at(new ReplyPosition(0, ReplyStage.values().length + 1))).isEmpty();
        assertThat(ReplyStage.at(new ReplyPosition(1, 1))).isEmpty();
    }
}
