package dev.orrery.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.turns.FailureCode;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    @Test
    void giveTheTextOfAFailureThatWeWordedOurselves() {
        // given
        var failure =
                new StageFailure.Permanent(FailureCode.INTERNAL, "revision is not there", null);

        // when
        var reason = Reasons.of(failure);

        // then
        assertThat(reason).isEqualTo("revision is not there");
    }

    @Test
    void traceAFailureAndItsCausesWithoutAWordOfTheirs() {
        // given
        var cause = new NumberFormatException("For input string: \"my password is hunter2\"");
        var failure = new IllegalStateException("user said hunter2", cause);

        // when
        var trace = Reasons.trace(failure);

        // then
        assertThat(trace)
                .startsWith("java.lang.IllegalStateException < ")
                .contains(" caused by java.lang.NumberFormatException < ")
                .contains(ReasonsTest.class.getName())
                .doesNotContain("hunter2")
                .doesNotContain("\n");
    }

    @Test
    void traceOnlyTheBeginningOfACircle() {
        // given
        var first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        // when
        var trace = Reasons.trace(first);

        // then
        assertThat(trace.split(" caused by ")).hasSize(5);
    }
}
