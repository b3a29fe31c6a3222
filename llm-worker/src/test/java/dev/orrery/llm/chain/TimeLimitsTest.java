package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.request;
import static dev.orrery.llm.chain.Chains.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a chain does with models that answer late; no real time passes. */
class TimeLimitsTest {

    private final RecordedChain chain = new RecordedChain();

    @Test
    void leavesACallThatIsSilentForTheFirstTokenLimit() {
        // given
        var openai = chain.script("openai", Script.nothing().silence());
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(request(PRIMARY, SECOND));
        chain.advance(Duration.ofSeconds(10));

        // then
        assertThat(chain.results()).containsExactly("timed_out_first_token", "answered");
        assertThat(openai.cancelled()).isEqualTo(1);
    }

    @Test
    void doesNotTakeThinkingEmptyPiecesOrWhiteSpaceForAFirstToken() {
        // given
        var busy = Script.nothing();
        for (int i = 0; i < 20; i++) {
            busy =
                    busy.pause(Duration.ofSeconds(1))
                            .send(new ModelChunk.ReasoningDelta("hm"))
                            .text("", " ");
        }
        chain.script("openai", busy);
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(request(PRIMARY, SECOND));
        chain.advance(Duration.ofSeconds(10));

        // then
        assertThat(chain.results()).containsExactly("timed_out_first_token", "answered");
    }

    @Test
    void waitsForAModelThatIsSlowButWithinItsLimits() {
        // given
        var slow = Script.nothing();
        for (int i = 0; i < 8; i++) {
            slow = slow.pause(Duration.ofMillis(4_900)).text("word ");
        }
        chain.script("openai", slow.finish(FinishReason.STOP));

        // when
        chain.run(request(PRIMARY));
        chain.advance(Duration.ofSeconds(40));

        // then
        assertThat(chain.results()).containsExactly("answered");
        assertThat(chain.answered().firstTokenAt()).isEqualTo(ManualTime.START.plusMillis(4_900));
    }

    @Test
    void leavesACallThatStallsBetweenTwoPieces() {
        // given
        var openai = chain.script("openai", Script.nothing().text("Good mor").silence());
        chain.script("groq", Script.answer("Hello."));

        // when
        chain.run(request(PRIMARY, SECOND));
        chain.advance(Duration.ofSeconds(5));

        // then
        assertThat(chain.results()).containsExactly("timed_out_stall", "answered");
        assertThat(openai.cancelled()).isEqualTo(1);
    }

    @Test
    void leavesACallThatDripsForEver() {
        // given
        var drip = Script.nothing();
        for (int i = 0; i < 100; i++) {
            drip = drip.text("x").pause(Duration.ofSeconds(1));
        }
        chain.script("openai", drip);
        chain.script("groq", Script.answer("Hello."));

        // when
        chain.run(request(PRIMARY, SECOND));
        chain.advance(Duration.ofSeconds(40));

        // then
        assertThat(chain.results()).containsExactly("timed_out_total", "answered");
    }

    @Test
    void endsAllCallsWithTheDeadline() {
        // given
        var openai = chain.script("openai", Script.nothing().silence());
        var request =
                new ChainRequest(
                        "turn-1",
                        request().conversation(),
                        List.of(PRIMARY, SECOND),
                        1,
                        Duration.ofSeconds(3));

        // when
        chain.run(request);
        chain.advance(Duration.ofSeconds(3));

        // then
        assertThat(chain.failed().code()).isEqualTo(FailureCode.DEADLINE_EXCEEDED);
        assertThat(openai.cancelled()).isEqualTo(1);
        assertThat(chain.calls()).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheProviderAskedBeforeItTriesAgain() {
        // given
        var openai =
                chain.script(
                        "openai",
                        Script.failure(new ModelFailure.RateLimited("429", Duration.ofSeconds(7))),
                        Script.answer("Good day."));
        chain.run(request(step("openai", "gpt", 1)));
        chain.advance(Duration.ofMillis(6_999));
        var before = openai.prompts().size();

        // when
        chain.advance(Duration.ofMillis(1));

        // then
        assertThat(before).isEqualTo(1);
        assertThat(chain.results()).containsExactly("rate_limited", "answered");
    }

    @Test
    void doesNotWaitForEverForAGoodbye() {
        // given
        var openai = chain.script("openai", Script.answer("Good day.").silence());
        chain.run(request(PRIMARY));
        boolean before = chain.hasEnded();

        // when
        chain.advance(Duration.ofSeconds(2));

        // then
        assertThat(before).isFalse();
        assertThat(chain.results()).containsExactly("answered");
        assertThat(openai.cancelled()).isEqualTo(1);
    }
}
