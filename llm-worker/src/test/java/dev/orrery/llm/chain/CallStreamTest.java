package dev.orrery.llm.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import org.junit.jupiter.api.Test;

class CallStreamTest {

    private static final long STALLED = Chains.LIMITS.stall().toNanos();

    private final CallStream stream = new CallStream(Chains.LIMITS, 0, Long.MAX_VALUE, 100, false);

    @Test
    void isLateWhenNothingFollowsWithinTheLimit() {
        // given
        stream.take(new ModelChunk.TextDelta("Good day."), 0);

        // when
        boolean late = stream.isLate(STALLED);

        // then
        assertThat(late).isTrue();
        assertThatThrownBy(stream::end).isInstanceOf(ModelFailure.TimedOut.class);
    }

    /** The timer and the chunks come on threads of their own. */
    @Test
    void isAnAnswerWhoseFinishComesInTheMomentInWhichItIsFoundLate() {
        // given
        stream.take(new ModelChunk.TextDelta("Good day."), 0);
        stream.isLate(STALLED);

        // when
        stream.take(new ModelChunk.Finished(FinishReason.STOP), STALLED);

        // then
        assertThat(stream.end()).isEqualTo(FinishReason.STOP);
    }
}
