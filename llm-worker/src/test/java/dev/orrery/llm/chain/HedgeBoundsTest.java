package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.THIRD;
import static dev.orrery.llm.chain.Chains.request;
import static dev.orrery.llm.chain.Chains.step;
import static dev.orrery.llm.chain.HedgedChain.hedged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.CallGate.Admission;
import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.scripted.Script;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

/** When a slow call gets no rival, or no second one. */
class HedgeBoundsTest {

    private static final ModelFailure BROKEN = new ModelFailure.ServerError("status 500", null);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Script SLOW =
            Script.nothing()
                    .pause(Duration.ofSeconds(2))
                    .text("Good day.")
                    .finish(FinishReason.STOP);

    private final HeardCalls heard = new HeardCalls();

    @Test
    void isNotDoneWhereNobodyAskedForIt() {
        // given
        var chain = chain(CallGate.ALWAYS_OPEN, HedgedChain.knowing(PRIMARY));
        chain.script("openai", SLOW);
        var groq = chain.script("groq", Script.answer("Never."));

        // when
        chain.run(request(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(groq.prompts()).isEmpty();
    }

    @Test
    void isNotDoneWhileLittleIsKnownOfTheModel() {
        // given
        var chain = chain(CallGate.ALWAYS_OPEN, new Hedging(HedgedChain.settings()));
        chain.script("openai", SLOW);
        var groq = chain.script("groq", Script.answer("Never."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(groq.prompts()).isEmpty();
    }

    @Test
    void isNotDoneOnceTextWasShown() {
        // given
        var chain = chain(CallGate.ALWAYS_OPEN, HedgedChain.knowing(PRIMARY));
        chain.script(
                "openai",
                Script.nothing()
                        .text("Good ")
                        .pause(Duration.ofSeconds(2))
                        .text("day.")
                        .finish(FinishReason.STOP));
        var groq = chain.script("groq", Script.answer("Never."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(groq.prompts()).isEmpty();
        assertThat(chain.texts()).containsExactly("Good ", "day.");
    }

    @Test
    void isDoneOnceInARun() {
        // given
        var hedging = HedgedChain.knowing(PRIMARY);
        for (int i = 0; i < 20; i++) {
            hedging.ended(HedgedChain.report(THIRD, "answered", 200L, 250));
        }
        var chain = chain(CallGate.ALWAYS_OPEN, hedging);
        chain.script("openai", Script.nothing().pause(Duration.ofMillis(300)).fail(BROKEN));
        chain.script("groq", Script.failure(BROKEN));
        chain.script("mistral", SLOW);
        var cohere = chain.script("cohere", Script.answer("Never."));

        // when
        chain.run(hedged(PRIMARY, SECOND, THIRD, step("cohere", "command", 0)));
        chain.advance(LONG);

        // then
        assertThat(cohere.prompts()).isEmpty();
        assertThat(chain.results()).containsExactly("server_error", "server_error", "answered");
    }

    @Test
    void isNotDoneWhereTheGatesRefuseTheSecondCall() {
        // given
        CallGate gate =
                (call, lastResort) ->
                        call.step().equals(SECOND)
                                ? new Admission.Refused(Reason.OVERLOADED)
                                : new Admission.Granted(report -> {});
        var chain = chain(gate, HedgedChain.knowing(PRIMARY));
        chain.script("openai", SLOW);
        var groq = chain.script("groq", Script.answer("Never."));

        // when
        chain.run(hedged(PRIMARY, SECOND, THIRD));
        chain.advance(LONG);

        // then
        assertThat(groq.prompts()).isEmpty();
        assertThat(chain.results()).containsExactly("answered");
        assertThat(heard.told()).containsExactly("1 began", "1 first text", "1 answered");
    }

    @Test
    void leavesTheStepToTheChainThatTheGatesRefuseBesideACall() {
        // given: the gates refuse it once
        var asked = new int[1];
        CallGate gate =
                (call, lastResort) ->
                        call.step().equals(SECOND) && ++asked[0] == 1
                                ? new Admission.Refused(Reason.OVERLOADED)
                                : new Admission.Granted(report -> {});
        var chain = chain(gate, HedgedChain.knowing(PRIMARY));
        chain.script("openai", Script.nothing().pause(Duration.ofSeconds(1)).fail(BROKEN));
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(chain.results()).containsExactly("server_error", "answered");
    }

    @Test
    void tellsTheGatesHowBothCallsEnded() {
        // given
        var ends = new HeardCalls();
        CallGate gate = (call, lastResort) -> new Admission.Granted(ends);
        var chain = chain(gate, HedgedChain.knowing(PRIMARY));
        chain.script("openai", Script.nothing().silence());
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(LONG);

        // then
        assertThat(ends.reports())
                .extracting(CallReport::result)
                .containsExactly("lost_to_hedge", "answered");
    }

    /** The first text comes while the second call is being begun: on another thread, in life. */
    @Test
    void breaksASecondCallOffThatIsLateByAHair() {
        // given
        var openai = Sinks.many().unicast().<ModelChunk>onBackpressureBuffer();
        var hasty =
                new CallListener() {
                    @Override
                    public void began(Call call) {
                        if (call.number() == 2) {
                            openai.tryEmitNext(new ModelChunk.TextDelta("Good day."));
                        }
                    }

                    @Override
                    public void ended(CallReport report) {}
                };
        var chain =
                new RecordedChain(
                        CallGate.ALWAYS_OPEN,
                        Prices.UNKNOWN,
                        HedgedChain.knowing(PRIMARY),
                        false,
                        heard,
                        hasty);
        chain.model("openai", prompt -> openai.asFlux());
        chain.script("groq", Script.answer("Late."));

        // when
        chain.run(hedged(PRIMARY, SECOND));
        chain.advance(Duration.ofMillis(300));
        openai.tryEmitNext(new ModelChunk.Finished(FinishReason.STOP));
        openai.tryEmitComplete();

        // then
        assertThat(chain.texts()).containsExactly("Good day.");
        assertThat(chain.results()).containsExactly("answered", "lost_to_hedge");
        assertThat(heard.told())
                .containsExactly(
                        "1 began", "2 began", "1 first text", "2 lost_to_hedge", "1 answered");
    }

    private RecordedChain chain(CallGate gate, Hedging hedging) {
        return new RecordedChain(gate, Prices.UNKNOWN, hedging, false, heard);
    }
}
