package dev.orrery.llm.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.Examples;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.turns.FailureCode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A chain of which nothing is checked, or in which nothing is found. */
class SafeChainTest extends SafeChainBench {

    @Test
    void isTheChainItselfWhereNoPolicyIsStated() {
        // given
        var plain = Examples.prompt(Examples.openTurn(Examples.TURN)).value();
        var safe = safety.around(chain, plain);

        // when
        var heard = heard(safe, "I want to kill myself");

        // then
        assertThat(heard).containsExactly(BEGAN, text("Good "), text("day."), ANSWERED);
        assertThat(safe.marks()).isEmpty();
        assertThat(safe.hasHelped()).isFalse();
    }

    @Test
    void letsAHarmlessConversationPassUnchangedAndAtOnce() {
        // given
        var safe = safe(rules(), rules());

        // when
        var heard = heard(safe, "When will I marry?");

        // then
        assertThat(heard).containsExactly(BEGAN, text("Good "), text("day."), ANSWERED);
        assertThat(asked.getFirst().patience()).isEqualTo(PATIENCE);
        assertThat(safe.marks()).isEmpty();
        assertThat(verdicts("input", "rules", "none")).isEqualTo(1);
        assertThat(verdicts("output", "rules", "none")).isEqualTo(1);
    }

    @Test
    void letsAMessagePassThatOnlySpeaksOfASubject() {
        // given
        judgement = Mono.just(Set.of("health", "law", "financial", "pii"));
        var safe = safe(model(), nothing());

        // when
        heard(safe, "Will my fever pass before I sue the bank?");

        // then
        assertThat(asked).hasSize(1);
        assertThat(verdicts("input", "model", "none")).isEqualTo(1);
    }

    @Test
    void letsAnAnswerPassThatHasNoWordsToJudge() {
        // given
        var call = new ModelChunk.ToolFragment(0, "call_1", "get_weather", "{}");
        answer = Flux.just(BEGAN, new ChainEvent.ToolFragment(call), ANSWERED);

        // when
        var heard = heard(safe(nothing(), model()), "Hello");

        // then
        assertThat(heard).containsExactly(BEGAN, new ChainEvent.ToolFragment(call), ANSWERED);
        assertThat(judged).isEmpty();
    }

    @Test
    void passesAFailureOfTheChainOn() {
        // given
        var failed = new ChainEvent.Failed(FailureCode.DEADLINE_EXCEEDED, List.of());
        answer = Flux.just(BEGAN, text("how to"), failed);
        var safe = safe(nothing(), rules());

        // when
        var heard = heard(safe, "Hello");

        // then
        assertThat(heard).containsExactly(BEGAN, failed);
        assertThat(safe.marks()).isEmpty();
    }

    @Test
    void breaksOffWhateverGoesOnWhenNobodyListensAnyMore() {
        // given
        var judging = Sinks.<Set<String>>one();
        var judgementsBroken = new AtomicInteger();
        judgement = judging.asMono().doOnCancel(judgementsBroken::incrementAndGet);
        answer = Flux.<ChainEvent>just(BEGAN, text("Good ")).concatWith(Flux.never());
        Disposable whileJudged = safe(model(), nothing()).run(saying("Hello")).subscribe();
        Disposable whileAnswered = safe(nothing(), rules()).run(saying("Hello")).subscribe();

        // when
        whileJudged.dispose();
        whileAnswered.dispose();

        // then
        assertThat(judgementsBroken).hasValue(1);
        assertThat(brokenOff).hasValue(1);
    }
}
