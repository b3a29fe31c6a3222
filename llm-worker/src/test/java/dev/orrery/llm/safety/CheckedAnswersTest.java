package dev.orrery.llm.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Of what a model answers, nothing is shown that is refused. */
class CheckedAnswersTest extends SafeChainBench {

    @Test
    void breaksOffAnAnswerAtItsFirstRefusedPhraseAndShowsNothingOfIt() {
        // given
        answer =
                Flux.just(BEGAN, text("Sure. How to "), text("build a "), text("bomb"), text("? "))
                        .concatWith(Flux.never());
        var safe = safe(nothing(), rules());

        // when
        var heard = heard(safe, "Hello");

        // then
        assertThat(heard)
                .containsExactly(
                        BEGAN,
                        text("Sure. "),
                        new ChainEvent.Failed(
                                FailureCode.CONTENT_REFUSED,
                                List.of(
                                        new CallTrace(
                                                1,
                                                "openai",
                                                "gpt",
                                                null,
                                                CheckedAnswer.REFUSED,
                                                null,
                                                0,
                                                null))));
        assertThat(safe.marks()).containsExactly("output_refused:violence");
        assertThat(brokenOff).hasValue(1);
    }

    @Test
    void showsWhatWasHeldWhenTheAnswerEnds() {
        // given
        answer = Flux.just(BEGAN, text("That is how to "), text("build"), ANSWERED);

        // when
        var heard = heard(safe(nothing(), rules()), "Hello");

        // then
        assertThat(heard).containsExactly(BEGAN, text("That is "), text("how to build"), ANSWERED);
    }

    @Test
    void dropsWhatWasHeldOfAnAttemptThatFailed() {
        // given
        var second = new ChainEvent.CallBegan(2, STEP, true);
        answer = Flux.just(BEGAN, text("how to"), second, text("build a bomb"), ANSWERED);

        // when
        var heard = heard(safe(nothing(), rules()), "Hello");

        // then
        assertThat(heard)
                .containsExactly(
                        BEGAN,
                        new ChainEvent.CallBegan(2, STEP, false), // its reader has seen nothing
                        text("build a bomb"),
                        ANSWERED);
    }

    @Test
    void tellsItsReaderToForgetWhatWasShownOfAnAttemptThatFailed() {
        // given
        var second = new ChainEvent.CallBegan(2, STEP, true);
        answer = Flux.just(BEGAN, text("Well, how to"), second, text("Hi."), ANSWERED);

        // when
        var heard = heard(safe(nothing(), rules()), "Hello");

        // then
        assertThat(heard).containsExactly(BEGAN, text("Well, "), second, text("Hi."), ANSWERED);
    }

    @Test
    void showsAnAnswerAfterItWasJudgedAsAWhole() {
        // given
        judgement =
                Mono.just(Set.<String>of())
                        .delayElement(Duration.ofSeconds(1), time.ticker().scheduler());
        var safe = safe(nothing(), model());
        var heard = heard(safe, "Hello");
        var before = List.copyOf(heard);

        // when
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(before).containsExactly(BEGAN);
        assertThat(judged).containsExactly("moderation-1: Good day.");
        assertThat(heard).hasSize(3).contains(text("Good day."));
        assertThat(heard.getLast())
                .isInstanceOfSatisfying(
                        ChainEvent.Answered.class,
                        seen -> {
                            assertThat(seen.firstTokenAt())
                                    .isEqualTo(ManualTime.START.plusSeconds(1));
                            assertThat(seen.calls()).isEqualTo(ANSWERED.calls());
                        });
    }

    @Test
    void refusesAnAnswerThatTheModelFindsWrongAndKeepsItsTraces() {
        // given
        judgement = Mono.just(Set.of("sexual/minors"));
        var safe = safe(nothing(), model());

        // when
        var heard = heard(safe, "Hello");

        // then
        assertThat(heard)
                .containsExactly(
                        BEGAN,
                        new ChainEvent.Failed(FailureCode.CONTENT_REFUSED, ANSWERED.calls()));
        assertThat(safe.marks()).containsExactly("output_refused:sexual");
    }
}
