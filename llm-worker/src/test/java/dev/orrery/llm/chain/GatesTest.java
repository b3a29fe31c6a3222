package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.CallGate.Admission.Granted;
import dev.orrery.llm.chain.CallGate.Admission.Refused;
import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.scripted.Script;
import dev.orrery.turns.FailureCode;
import org.junit.jupiter.api.Test;

/** What gates refuse is not asked, and the chain goes on. */
class GatesTest {

    private final HeardCalls heard = new HeardCalls();
    private final CallGate listening = (call, lastResort) -> new Granted(heard);

    @Test
    void passesOverAStepThatAGateRefuses() {
        // given
        var chain = new RecordedChain(refusing("openai", Reason.SKIPPED_OPEN), Prices.UNKNOWN);
        var openai = chain.script("openai", Script.answer("Never."));
        chain.script("groq", Script.answer("Hello."));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(openai.prompts()).isEmpty();
        assertThat(chain.calls()).containsExactly(new ChainEvent.CallBegan(2, SECOND, false));
        assertThat(chain.results()).containsExactly("skipped_open", "answered");
    }

    @Test
    void asksTheFirstStepAllTheSameWhenAllAreOpen() {
        // given
        CallGate open =
                (call, lastResort) ->
                        lastResort ? new Granted(heard) : new Refused(Reason.SKIPPED_OPEN);
        var chain = new RecordedChain(open, Prices.UNKNOWN);
        chain.script("openai", Script.answer("Good day."));
        var groq = chain.script("groq", Script.answer("Never."));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(chain.texts()).containsExactly("Good day.");
        assertThat(chain.results()).containsExactly("skipped_open", "skipped_open", "answered");
        assertThat(groq.prompts()).isEmpty();
    }

    @Test
    void saysThatNoMoreMayBeSpent() {
        // given
        var chain = new RecordedChain(refusing("openai", Reason.SKIPPED_SPENT), Prices.UNKNOWN);
        chain.script("openai", Script.answer("Never."));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(chain.failed().code()).isEqualTo(FailureCode.SPENDING_LIMIT_REACHED);
    }

    @Test
    void tellsAGateOfTheCallItHasAdmitted() {
        // given
        var chain = new RecordedChain(new Gates(listening), Prices.UNKNOWN);
        chain.script("openai", Script.answer("Good day."));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(heard.told()).containsExactly("1 began", "1 first text", "1 answered");
    }

    @Test
    void tellsTheGatesBeforeTheOneThatRefusedThatTheCallIsOff() {
        // given
        var gates = new Gates(listening, refusing("openai", Reason.OVERLOADED));
        var chain = new RecordedChain(gates, Prices.UNKNOWN);
        chain.script("openai", Script.answer("Never."));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(heard.told()).containsExactly("1 cancelled");
        assertThat(chain.failed().code()).isEqualTo(FailureCode.ALL_PROVIDERS_FAILED);
    }

    @Test
    void letsEverybodyPassABrokenGate() {
        // given
        CallGate broken =
                (call, lastResort) -> {
                    throw new IllegalStateException("gate");
                };
        var chain = new RecordedChain(new Gates(broken, listening), Prices.UNKNOWN);
        chain.script("openai", Script.answer("Good day."));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(chain.results()).containsExactly("answered");
    }

    private static CallGate refusing(String provider, Reason reason) {
        return (call, lastResort) ->
                call.step().provider().equals(provider)
                        ? new Refused(reason)
                        : new Granted(report -> {});
    }
}
