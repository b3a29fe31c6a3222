package dev.orrery.llm.gateway.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

/** A call goes on as long as anybody listens, and no longer. */
class AbandonedAnswersTest extends AnswersBench {

    @Test
    void areBrokenOffWhenTheLastOneHasGone() {
        // given
        var answers = answers();
        var one = asking(answers, asked("a", "r-1", null)).subscribe();
        var other = asking(answers, asked("a", "r-1", null)).subscribe();
        one.dispose();
        assertThat(brokenOff).hasValue(0);

        // when
        other.dispose();

        // then
        assertThat(brokenOff).hasValue(1);
        assertThat(begun).hasValue(1);
    }

    @Test
    void areBegunAnewWhereAllHaveGone() {
        // given
        var answers = answers();
        asking(answers, asked("a", "r-1", null)).subscribe().dispose();
        chain = Sinks.many().unicast().onBackpressureBuffer();

        // when
        var heard = hearing(answers, asked("a", "r-1", null));
        end(ANSWERED);

        // then
        assertThat(begun).hasValue(2);
        assertThat(heard).containsExactly(ANSWERED);
        assertThat(reused).isEmpty();
    }

    @Test
    void goOnForTheOthersWhenTheFirstCallerHasGone() {
        // given
        var answers = answers();
        Disposable first = asking(answers, asked("a", "r-1", null)).subscribe();
        var other = hearing(answers, asked("a", "r-1", null));

        // when
        first.dispose();
        end(ANSWERED);

        // then
        assertThat(other).containsExactly(ANSWERED);
        assertThat(brokenOff).hasValue(0);
    }
}
