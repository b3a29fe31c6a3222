package dev.orrery.llm.gateway.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.ChainEvent.Answered;
import dev.orrery.llm.chain.ChainEvent.Text;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What was answered once is answered again, where that is wanted and cannot differ. */
class KeptAnswersTest extends AnswersBench {

    @Test
    void areKeptForAWhileAtTemperatureZero() {
        // given
        var answers = answers(DataSize.ofMegabytes(1));
        hearing(answers, asked("a", "r-1", 0.0));
        tell(BEGAN, new Text("Yes."));
        end(ANSWERED);

        // when
        var kept = hearing(answers, plain(asked("a", "r-2", 0.0)));
        time.advance(Duration.ofMinutes(11));
        hearing(answers, asked("a", "r-3", 0.0));

        // then
        assertThat(kept).startsWith(BEGAN, new Text("Yes."));
        assertThat(kept.getLast())
                .isInstanceOfSatisfying(
                        Answered.class,
                        end -> assertThat(end.usage()).isEqualTo(((Answered) ANSWERED).usage()));
        assertThat(reused).containsExactly(Answers.CACHED);
        assertThat(begun).hasValue(2);
    }

    @Test
    void areNotKeptWhenNobodyHasAnswered() {
        // given
        var answers = answers(DataSize.ofMegabytes(1));
        hearing(answers, asked("a", null, 0.0));
        end(FAILED);

        // when
        hearing(answers, asked("a", null, 0.0));

        // then
        assertThat(begun).hasValue(2);
    }

    @Test
    void areKeptByNobodyUnlessThatIsWanted() {
        // given
        var answers = answers();
        hearing(answers, asked("a", null, 0.0));
        end(ANSWERED);

        // when
        hearing(answers, asked("a", null, 0.0));

        // then
        assertThat(begun).hasValue(2);
    }
}
