package dev.orrery.llm.gateway.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainEvent.CallBegan;
import dev.orrery.llm.chain.ChainEvent.Text;
import dev.orrery.llm.model.ModelChunk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

/** One call answers all who ask the same at the same time, and nobody else. */
class SharedAnswersTest extends AnswersBench {

    @Test
    void shareOneCallAmongThoseWhoAskTheSameAtTheSameTime() {
        // given
        var answers = answers();
        var one = hearing(answers, asked("a", "r-1", 0.7));
        var other = hearing(answers, asked("a", "r-1", 0.7));

        // when
        end(ANSWERED);

        // then
        assertThat(begun).hasValue(1);
        assertThat(one).containsExactly(ANSWERED);
        assertThat(other).containsExactly(ANSWERED);
        assertThat(reused).containsExactly(Answers.IN_FLIGHT);
    }

    @Test
    void tellTheFirstCallerEveryEventWhenItComes() {
        // given
        var heard = hearing(answers(), asked("a", "r-1", null));

        // when
        tell(BEGAN, new Text("Yes"));

        // then
        assertThat(heard).containsExactly(BEGAN, new Text("Yes"));
    }

    @Test
    void tellWhoeverComesLateWhatItHasMissedInOnePiece() {
        // given
        var answers = answers();
        hearing(answers, asked("a", "r-1", null));
        tell(BEGAN, new Text("Yes"), new Text(", and "));

        // when
        var late = hearing(answers, asked("a", "r-1", null));
        tell(new Text("no."));
        end(ANSWERED);

        // then
        assertThat(late).containsExactly(BEGAN, new Text("Yes, and "), new Text("no."), ANSWERED);
        assertThat(begun).hasValue(1);
    }

    @Test
    void tellNobodyOfAnAnswerThatHasBecomeVoidBeforeItCame() {
        // given
        var answers = answers();
        var first = hearing(answers, asked("a", "r-1", null));
        tell(BEGAN, new Text("No"), new CallBegan(2, STEP, true));

        // when
        var late = hearing(answers, asked("a", "r-1", null));
        tell(new Text("Yes"), new CallBegan(3, STEP, true));

        // then
        assertThat(first).contains(new CallBegan(2, STEP, true));
        assertThat(late)
                .containsExactly(
                        new CallBegan(2, STEP, false),
                        new Text("Yes"),
                        new CallBegan(3, STEP, true));
    }

    @Test
    void tellWhoeverComesLateOfTheToolsThatWereCalled() {
        // given
        var answers = answers();
        hearing(answers, asked("a", "r-1", null));
        tell(BEGAN, piece("c-1", "now", "{\"zone\":", "signed"), piece(null, null, "1}", null));

        // when
        var late = hearing(answers, asked("a", "r-1", null));

        // then
        assertThat(late).containsExactly(BEGAN, piece("c-1", "now", "{\"zone\":1}", "signed"));
    }

    private static ChainEvent piece(
            @Nullable String id,
            @Nullable String name,
            String arguments,
            @Nullable String signature) {
        return new ChainEvent.ToolFragment(
                new ModelChunk.ToolFragment(0, id, name, arguments, signature));
    }

    @Test
    void shareNoneThatStartsOverWithACallerWhoIsNotReadyForThat() {
        // given
        var answers = answers();
        hearing(answers, asked("a", "r-1", null));
        chain = Sinks.many().unicast().onBackpressureBuffer();

        // when
        hearing(answers, plain(asked("a", "r-1", null)));

        // then
        assertThat(begun).hasValue(2);
    }

    @Test
    void passADefectOnToAll() {
        // given
        var answers = answers();
        var defects = new ArrayList<Throwable>();
        asking(answers, asked("a", "r-1", null)).subscribe(event -> {}, defects::add);
        asking(answers, asked("a", "r-1", null)).subscribe(event -> {}, defects::add);

        // when
        chain.tryEmitError(new IllegalStateException("BUG")).orThrow();

        // then
        assertThat(defects).hasSize(2);
    }

    @Test
    void areNotSharedWhereTwoMayDiffer() {
        // given
        var answers = answers();

        // when
        for (var asked :
                List.of(
                        asked("a", null, 0.7),
                        asked("a", null, 0.7),
                        asked("a", "r-1", 0.7),
                        asked("b", "r-1", 0.7))) {
            hearing(answers, asked);
            chain = Sinks.many().unicast().onBackpressureBuffer();
        }

        // then
        assertThat(begun).hasValue(4);
        assertThat(reused).isEmpty();
    }

    @Test
    void areBegunAnewByWhoeverComesLater() {
        // given
        var answers = answers();
        hearing(answers, asked("a", "r-1", null));
        end(ANSWERED);

        // when
        hearing(answers, asked("a", "r-1", null));

        // then
        assertThat(begun).hasValue(2);
    }
}
