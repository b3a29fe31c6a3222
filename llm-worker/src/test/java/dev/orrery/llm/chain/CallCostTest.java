package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.prices.Cost;
import dev.orrery.llm.prices.Price;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.scripted.Script;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every call has its cost, whatever became of it. */
class CallCostTest {

    /** A token costs a millionth of a dollar, two for the answer. */
    private static final Price PRICE = new Price(1_000_000, 2_000_000, 1_000_000, 2_000_000);

    private static final Prices PRICES = (provider, model) -> Optional.of(PRICE);
    private static final ModelFailure CUT = new ModelFailure.TruncatedStream("cut", null);

    private final HeardCalls heard = new HeardCalls();
    private final RecordedChain chain = new RecordedChain(CallGate.ALWAYS_OPEN, PRICES, heard);

    @Test
    void isThatOfTheTokensThatTheProviderStates() {
        // given
        chain.script("openai", Script.answer("Good day.").usage(30, 4));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(heard.reports().getFirst().cost()).isEqualTo(new Cost(38, false));
        assertThat(cost("openai")).isCloseTo(0.000_038, within(1e-12));
    }

    @Test
    void isEstimatedWhenTextWasShownAndNothingStated() {
        // given
        chain.script("openai", Script.nothing().text("12345678").fail(CUT));
        chain.script("groq", Script.answer("1234"));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        // "Be brief." and "Hello?" are 15 bytes, so 4 tokens
        assertThat(heard.reports().getFirst().cost()).isEqualTo(new Cost(4 + 2 * 2, true));
        assertThat(heard.reports().getLast().cost()).isEqualTo(new Cost(4 + 2, true));
    }

    @Test
    void standsInTheTraceOfEveryCallAndAddsUp() {
        // given
        chain.script("openai", Script.nothing().text("12345678").fail(CUT));
        chain.script("groq", Script.answer("Good day.").usage(30, 4));

        // when
        chain.run(request(PRIMARY, PRIMARY, SECOND));

        // then
        var calls = chain.answered().calls();
        assertThat(calls)
                .extracting(call -> call.result() + " " + call.costUsdMicros())
                .containsExactly("truncated_stream 8", "skipped_duplicate 0", "answered 38");
        assertThat(CallTrace.costMicros(calls)).isEqualTo(46);
    }

    @Test
    void makesTheSumUnknownWhereItIsUnknown() {
        // given
        var calls =
                List.of(
                        new CallTrace(1, "groq", "llama", null, "truncated_stream", 5L, 9, null),
                        new CallTrace(2, "openai", "gpt", null, "answered", 5L, 9, 38L));

        // when
        var sum = CallTrace.costMicros(calls);

        // then
        assertThat(sum).isNull();
    }

    @Test
    void isEstimatedWhenTheReaderLeaves() {
        // given
        chain.script("openai", Script.nothing().text("12345678").silence());
        var running = chain.run(request(PRIMARY));

        // when
        running.dispose();

        // then
        assertThat(heard.reports().getFirst().cost()).isEqualTo(new Cost(4 + 2 * 2, true));
    }

    @Test
    void isThatOfThePromptWhenTheReaderLeavesBeforeAnythingIsShown() {
        // given
        chain.script("openai", Script.nothing().silence());
        var running = chain.run(request(PRIMARY));

        // when
        running.dispose();

        // then
        assertThat(heard.reports().getFirst().cost()).isEqualTo(new Cost(4, true));
    }

    @Test
    void isThatOfThePromptWhenTheFirstTokenIsTooLate() {
        // given
        chain.script("openai", Script.nothing().silence());

        // when
        chain.run(request(PRIMARY));
        chain.advance(Chains.LIMITS.firstToken());

        // then
        assertThat(heard.reports().getFirst().cost()).isEqualTo(new Cost(4, true));
    }

    @Test
    void isNothingWhereThereWasNoConnection() {
        // given
        chain.script(
                "openai",
                Script.failure(new ModelFailure.TimedOut(ModelFailure.TimedOut.Limit.CONNECT)));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(heard.reports().getFirst().cost()).isEqualTo(Cost.NONE);
    }

    @Test
    void isNothingWhenTheProviderHasShownAndStatedNothing() {
        // given
        chain.script("openai", Script.failure(new ModelFailure.ServerError("status 500", null)));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(heard.reports().getFirst().cost()).isEqualTo(Cost.NONE);
    }

    @Test
    void isUnknownWhenThePriceIs() {
        // given
        var unpriced = new RecordedChain(CallGate.ALWAYS_OPEN, Prices.UNKNOWN, heard);
        unpriced.script("openai", Script.answer("Good day.").usage(30, 4));

        // when
        unpriced.run(request(PRIMARY));

        // then
        assertThat(heard.reports().getFirst().cost()).isNull();
        assertThat(
                        unpriced.meters
                                .get("orrery.llm.cost.unpriced")
                                .tag("provider", "openai")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    private double cost(String provider) {
        return chain.meters.get("orrery.llm.cost").tag("provider", provider).counter().count();
    }
}
