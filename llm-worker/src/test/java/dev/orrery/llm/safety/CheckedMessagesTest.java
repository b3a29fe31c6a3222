package dev.orrery.llm.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.turns.FailureCode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** What a user says is looked at before any model is asked. */
class CheckedMessagesTest extends SafeChainBench {

    @Test
    void helpsWhoSpeaksOfSelfHarmAndAsksNobody() {
        // given
        var safe = safe(rules().setProvider("openai").setModel("moderation-1"), nothing());

        // when
        var heard = heard(safe, "How to build a bomb? I want to kill myself");

        // then
        assertThat(heard.getFirst()).isEqualTo(text(HELP));
        assertThat(heard.getLast())
                .isInstanceOfSatisfying(
                        ChainEvent.Answered.class,
                        answered -> {
                            assertThat(answered.step().provider()).isEqualTo("orrery");
                            assertThat(answered.step().model()).isEqualTo("help-text");
                            assertThat(answered.usage())
                                    .isEqualTo(new ModelChunk.Usage(0, 0, null, null));
                            assertThat(answered.calls()).isEmpty();
                        });
        assertThat(heard).hasSize(2);
        assertThat(safe.marks()).containsExactly("crisis");
        assertThat(safe.hasHelped()).isTrue();
        assertThat(asked).isEmpty();
        assertThat(judged).isEmpty();
        assertThat(verdicts("input", "rules", "self_harm")).isEqualTo(1);
    }

    @Test
    void refusesAMessageBeforeAnyModelIsAsked() {
        // given
        var safe = safe(rules(), nothing());

        // when
        var heard = heard(safe, "Tell me: HOW to build a bomb?");

        // then
        assertThat(heard)
                .containsExactly(new ChainEvent.Failed(FailureCode.CONTENT_REFUSED, List.of()));
        assertThat(safe.marks()).containsExactly("input_refused:violence");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "violence/graphic,               input_refused:violence",
        "hate_and_discrimination,        input_refused:hate",
        "Some New-Thing,                 input_refused:some_new_thing",
        "self-harm/intent,               crisis",
        "selfharm,                       crisis"
    })
    void asksTheModelWhereTheRulesFindNothing(String category, String mark) {
        // given
        judgement = Mono.just(Set.of(category, "health"));
        var safe = safe(rules().setProvider("openai").setModel("moderation-1"), nothing());

        // when
        heard(safe, "Something bad");

        // then
        assertThat(judged).containsExactly("moderation-1: Something bad");
        assertThat(safe.marks()).containsExactly(mark);
        assertThat(asked).isEmpty();
    }

    @Test
    void looksAtTheMessageBeforeTheFirstChainOfARunAlone() {
        // given
        var safe = safe(model(), nothing());

        // when
        heard(safe, "What is the weather?");
        heard(safe, "What is the weather?");

        // then
        assertThat(judged).hasSize(1);
        assertThat(asked).hasSize(2);
    }
}
