package dev.orrery.llm.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.turns.FailureCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What nobody could judge passes, unless the policy says otherwise. */
class UnjudgedTest extends SafeChainBench {

    @Test
    void letsAMessagePassThatNobodyCouldJudgeAndCountsTheTimeThatTook() {
        // given
        judgement = Mono.never();
        var safe = safe(model(), nothing());
        var heard = heard(safe, "Hello");

        // when
        time.advance(Judge.LONGEST);

        // then
        assertThat(heard).containsExactly(BEGAN, text("Good "), text("day."), ANSWERED);
        assertThat(asked.getFirst().patience()).isEqualTo(PATIENCE.minus(Judge.LONGEST));
        assertThat(safe.marks()).isEmpty();
        assertThat(verdicts("input", "model", "unavailable")).isEqualTo(1);
    }

    @Test
    void refusesAMessageThatNobodyCouldJudgeWhereThePolicySaysSo() {
        // given
        judgement = Mono.error(new ModelFailure.Overloaded("busy", null));
        var failing = safe(model().setRefusesUnjudged(true), nothing());
        var unknown = safe(model().setProvider("nobody").setRefusesUnjudged(true), nothing());

        // when
        var heard = heard(failing, "Hello");
        heard.addAll(heard(unknown, "Hello"));

        // then
        assertThat(heard)
                .containsOnly(new ChainEvent.Failed(FailureCode.ALL_PROVIDERS_FAILED, List.of()));
        assertThat(failing.marks()).containsExactly("input_refused:unavailable");
        assertThat(unknown.marks()).containsExactly("input_refused:unavailable");
        assertThat(asked).isEmpty();
    }

    @Test
    void showsOrRefusesAnAnswerThatNobodyCouldJudgeAsThePolicySays() {
        // given
        judgement = Mono.error(new ModelFailure.ServerError("500", null));
        var allowing = safe(nothing(), model());
        var refusing = safe(nothing(), model().setRefusesUnjudged(true));

        // when
        var shown = heard(allowing, "Hello");
        var refused = heard(refusing, "Hello");

        // then
        assertThat(shown).contains(text("Good day."));
        assertThat(refused.getLast())
                .isEqualTo(
                        new ChainEvent.Failed(FailureCode.ALL_PROVIDERS_FAILED, ANSWERED.calls()));
        assertThat(refusing.marks()).containsExactly("output_refused:unavailable");
    }
}
