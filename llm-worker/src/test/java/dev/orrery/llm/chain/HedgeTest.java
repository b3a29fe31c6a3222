package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.THIRD;
import static dev.orrery.llm.chain.Chains.step;
import static dev.orrery.llm.chain.HedgedChain.hedged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.prices.Cost;
import dev.orrery.llm.prices.Price;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.scripted.Script;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A call that is slow to begin gets a rival, and the reader never knows. Its model usually takes
 * 200 ms to its first token.
 */
class HedgeTest {

    /** A token costs a millionth of a dollar. */
    private static final Prices PRICES =
            (provider, model) -> Optional.of(new Price(1_000_000, 1_000_000, 1_000_000, 1_000_000));

    private static final ModelFailure BROKEN = new ModelFailure.ServerError("status 500", null);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HeardCalls heard = new HeardCalls();
    private final RecordedChain chain =
            new RecordedChain(
                    CallGate.ALWAYS_OPEN, PRICES, HedgedChain.knowing(PRIMARY), false, heard);

    @Test
    void asksOneModelWhereItIsAsQuickAsUsual() {
        // given
        chain.script("openai", after(199, "Good day."));
        var groq = chain.script("groq", Script.answer("Never."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(groq.prompts()).isEmpty();
        assertThat(chain.texts()).containsExactly("Good day.");
        assertThat(chain.results()).containsExactly("answered");
    }

    @Test
    void keepsTheRivalThatShowsSomethingFirstAndBreaksTheSlowCallOff() {
        // given
        var openai = chain.script("openai", after(3_000, "Late."));
        chain.script("groq", after(100, "Good day."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(openai.cancelled()).isEqualTo(1);
        assertThat(chain.events())
                .startsWith(
                        new ChainEvent.CallBegan(1, PRIMARY, false),
                        new ChainEvent.CallBegan(2, SECOND, false),
                        new ChainEvent.Text("Good day."));
        assertThat(chain.answered().step()).isEqualTo(SECOND);
        assertThat(chain.answered().calls())
                .containsExactly(
                        new CallTrace(1, "openai", "gpt", null, "lost_to_hedge", null, 300, 4L),
                        new CallTrace(2, "groq", "llama", null, "answered", 100L, 100, 7L));
        assertThat(heard.told())
                .containsExactly(
                        "1 began", "2 began", "2 first text", "1 lost_to_hedge", "2 answered");
    }

    @Test
    void breaksTheRivalOffWhenTheFirstCallShowsSomethingAfterAll() {
        // given
        chain.script("openai", after(400, "Good day."));
        var groq = chain.script("groq", after(2_000, "Late."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(groq.cancelled()).isEqualTo(1);
        assertThat(chain.calls()).containsExactly(new ChainEvent.CallBegan(1, PRIMARY, false));
        assertThat(chain.texts()).containsExactly("Good day.");
        assertThat(chain.results()).containsExactly("answered", "lost_to_hedge");
        assertThat(heard.told())
                .containsExactly(
                        "1 began", "2 began", "1 first text", "2 lost_to_hedge", "1 answered");
    }

    @Test
    void goesOnBehindBothWhenBothFail() {
        // given
        chain.script("openai", Script.nothing().pause(millis(400)).fail(BROKEN));
        chain.script("groq", Script.nothing().pause(millis(500)).fail(BROKEN));
        chain.script("mistral", Script.answer("Good day."));

        // when
        chain.run(hedged(step("openai", "gpt", 2), SECOND, THIRD));
        chain.advance(LONG);

        // then
        assertThat(chain.texts()).containsExactly("Good day.");
        assertThat(chain.results()).containsExactly("server_error", "server_error", "answered");
        assertThat(chain.calls()).extracting(ChainEvent.CallBegan::number).containsExactly(1, 3);
    }

    @Test
    void waitsForTheFirstCallWhenTheRivalFails() {
        // given
        chain.script("openai", after(2_000, "Good day."));
        chain.script("groq", Script.failure(BROKEN));
        var mistral = chain.script("mistral", Script.answer("Never."));

        // when
        chain.run(hedged(PRIMARY, SECOND, THIRD));
        chain.advance(LONG);

        // then
        assertThat(mistral.prompts()).isEmpty();
        assertThat(chain.results()).containsExactly("answered", "server_error");
    }

    @Test
    void waitsForTheRivalWhenTheFirstCallFails() {
        // given
        chain.script("openai", Script.nothing().pause(millis(300)).fail(BROKEN));
        chain.script("groq", after(2_000, "Good day."));

        // when
        chain.run(hedged(step("openai", "gpt", 2), SECOND));
        chain.advance(LONG);

        // then
        assertThat(chain.results()).containsExactly("server_error", "answered");
    }

    @Test
    void triesAgainAsEverWhereTheFirstCallFailsBeforeThereIsARival() {
        // given
        var openai = chain.script("openai", Script.failure(BROKEN), after(50, "Good day."));
        var groq = chain.script("groq", Script.answer("Never."));

        // when
        chain.run(hedged(step("openai", "gpt", 1), SECOND));
        chain.advance(LONG);

        // then
        assertThat(openai.prompts()).hasSize(2);
        assertThat(groq.prompts()).isEmpty();
        assertThat(chain.results()).containsExactly("server_error", "answered");
    }

    @Test
    void breaksBothOffWhenTheChainIsCancelled() {
        // given
        var openai = chain.script("openai", Script.nothing().silence());
        var groq = chain.script("groq", Script.nothing().silence());
        var running = chain.run(hedged(PRIMARY, SECOND));
        chain.advance(millis(500));

        // when
        running.dispose();
        chain.advance(LONG);

        // then
        assertThat(openai.cancelled()).isEqualTo(1);
        assertThat(groq.cancelled()).isEqualTo(1);
        assertThat(heard.told())
                .containsExactlyInAnyOrder("1 began", "2 began", "1 cancelled", "2 cancelled");
    }

    @Test
    void startsNothingMoreWhenItIsCancelledWhileItWaits() {
        // given
        chain.script("openai", Script.nothing().silence());
        var groq = chain.script("groq", Script.answer("Never."));
        var running = chain.run(hedged(PRIMARY, SECOND));

        // when
        running.dispose();
        chain.advance(LONG);

        // then
        assertThat(groq.prompts()).isEmpty();
        assertThat(heard.told()).containsExactly("1 began", "1 cancelled");
    }

    @Test
    void countsWhatBothHaveCostAndTellsTheUsageOfTheOneThatIsKept() {
        // given
        chain.script("openai", Script.nothing().silence());
        chain.script(
                "groq", Script.nothing().text("Good day.").usage(30, 4).finish(FinishReason.STOP));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then: "Be brief." and "Hello?" are 15 bytes, so 4 tokens that somebody was at work on
        assertThat(heard.reports())
                .extracting(CallReport::cost)
                .containsExactly(new Cost(4, true), new Cost(34, false));
        assertThat(chain.answered().usage()).isEqualTo(new ModelChunk.Usage(30, 4, null, null));
    }

    @Test
    void countsWhatALostCallHasStated() {
        // given
        chain.script("openai", Script.nothing().usage(31, 1).silence());
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(heard.reports().getFirst().cost()).isEqualTo(new Cost(32, false));
    }

    @Test
    void startsOverAsEverWhenTheCallThatIsKeptBreaksOff() {
        // given
        chain.script("openai", Script.nothing().silence());
        chain.script("groq", Script.nothing().text("Good mor").fail(BROKEN));
        chain.script("mistral", Script.answer("Hello."));

        // when
        chain.run(hedged(PRIMARY, SECOND, THIRD));
        chain.advance(LONG);

        // then
        assertThat(chain.calls())
                .containsExactly(
                        new ChainEvent.CallBegan(1, PRIMARY, false),
                        new ChainEvent.CallBegan(2, SECOND, false),
                        new ChainEvent.CallBegan(3, THIRD, true));
        assertThat(chain.results()).containsExactly("lost_to_hedge", "server_error", "answered");
    }

    @Test
    void asksTheRivalAgainThatHasLostWhenTheCallThatIsKeptBreaksOff() {
        // given
        chain.script("openai", Script.nothing().pause(millis(400)).text("Good mor").fail(BROKEN));
        chain.script("groq", Script.nothing().silence(), Script.answer("Hello."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(chain.calls())
                .containsExactly(
                        new ChainEvent.CallBegan(1, PRIMARY, false),
                        new ChainEvent.CallBegan(3, SECOND, true));
        assertThat(chain.results()).containsExactly("server_error", "lost_to_hedge", "answered");
    }

    @Test
    void endsBothWhereTheConfigurationWantsNoOtherModelAfterARefusal() {
        // given
        chain.script(
                "openai",
                Script.nothing()
                        .pause(millis(400))
                        .fail(new ModelFailure.ContentFiltered("refused")));
        var groq = chain.script("groq", after(2_000, "Never."));

        // when
        chain.run(hedged(new Refusals(Refusals.Then.FINAL, Refusals.Then.FINAL), PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(groq.cancelled()).isEqualTo(1);
        assertThat(chain.texts()).isEmpty();
        assertThat(chain.failed().code()).isEqualTo(FailureCode.CONTENT_REFUSED);
        assertThat(chain.failed().calls())
                .extracting(CallTrace::result)
                .containsExactly("content_filtered", "cancelled");
        assertThat(heard.told()).endsWith("1 content_filtered", "2 cancelled");
    }

    @Test
    void tellsTheRivalThatItIsAFallbackAndWhatStillRuns() {
        // given
        chain.script("openai", Script.nothing().silence());
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        var rival = heard.reports().getLast().call();
        assertThat(rival.isFallback()).isTrue();
        assertThat(rival.before())
                .containsExactly(
                        new CallTrace(1, "openai", "gpt", null, "still_running", null, 200, null));
    }

    private static Script after(long wait, String text) {
        return Script.nothing().pause(millis(wait)).text(text).finish(FinishReason.STOP);
    }

    private static Duration millis(long count) {
        return Duration.ofMillis(count);
    }
}
