package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ModelFailure;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a call may show nothing before it gets a rival. */
class HedgingTest {

    private final Hedging hedging = new Hedging(HedgedChain.settings());

    @Test
    void waitsAsLongAsNinetyFiveOfAHundredCallsTook() {
        // given
        IntStream.rangeClosed(1, 20).forEach(tenth -> took(PRIMARY, 100L * tenth));

        // when / then
        assertThat(hedging.patience(PRIMARY)).isEqualTo(Duration.ofMillis(1_900));
    }

    @Test
    void forgetsWhatIsOlderThanItsWindow() {
        // given
        IntStream.range(0, 20).forEach(call -> took(PRIMARY, 4_000));

        // when
        IntStream.range(0, 20).forEach(call -> took(PRIMARY, 300));

        // then
        assertThat(hedging.patience(PRIMARY)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void knowsNothingBeforeItHasSeenEnough() {
        // given
        IntStream.range(0, 4).forEach(call -> took(PRIMARY, 300));

        // when / then
        assertThat(hedging.patience(PRIMARY)).isNull();
        took(PRIMARY, 300);
        assertThat(hedging.patience(PRIMARY)).isNotNull();
    }

    @Test
    void learnsOfEachModelByItself() {
        // given
        IntStream.range(0, 9).forEach(call -> took(PRIMARY, 300));

        // when / then
        assertThat(hedging.patience(SECOND)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "9000, 5000"})
    void staysWithinItsBounds(long took, long wait) {
        // given
        IntStream.range(0, 9).forEach(call -> took(PRIMARY, took));

        // when / then
        assertThat(hedging.patience(PRIMARY)).isEqualTo(Duration.ofMillis(wait));
    }

    @Test
    void leavesACallAloneWhoseLimitComesFirst() {
        // given
        IntStream.range(0, 9).forEach(call -> took(PRIMARY, 300));

        // when / then
        assertThat(hedging.patience(HedgedChain.patient(Duration.ofMillis(300)))).isNull();
        assertThat(hedging.patience(HedgedChain.patient(Duration.ofMillis(301)))).isNotNull();
    }

    @Test
    void learnsFromCallsThatWereGivenUpThatTheyWouldHaveTakenLonger() {
        // given
        IntStream.range(0, 15).forEach(call -> took(PRIMARY, 300));

        // when
        hedging.ended(HedgedChain.report(PRIMARY, CallTrace.LOST_TO_HEDGE, null, 700));
        hedging.ended(HedgedChain.report(PRIMARY, CallTrace.LOST_TO_HEDGE, null, 800));

        // then
        assertThat(hedging.patience(PRIMARY)).isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void learnsFromCallsWhoseFirstTokenWasTooLate() {
        // given
        var late = new ModelFailure.TimedOut(ModelFailure.TimedOut.Limit.FIRST_TOKEN);
        var usual = HedgedChain.patient(Limits.USUAL.firstToken());

        // when
        IntStream.range(0, 9).forEach(call -> hedging.ended(failed(usual, late, 4_000)));

        // then
        assertThat(hedging.patience(PRIMARY)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void learnsNothingFromCallersWhoWaitLessThanUsual() {
        // given
        var late = new ModelFailure.TimedOut(ModelFailure.TimedOut.Limit.FIRST_TOKEN);
        var hurried = HedgedChain.patient(Duration.ofMillis(1));

        // when
        IntStream.range(0, 9).forEach(call -> hedging.ended(failed(hurried, late, 1)));

        // then
        assertThat(hedging.patience(PRIMARY)).isNull();
    }

    @Test
    void learnsNothingFromOtherFailures() {
        // given
        var broken = new ModelFailure.ServerError("status 500", null);

        // when
        IntStream.range(0, 9).forEach(call -> hedging.ended(failed(PRIMARY, broken, 10)));

        // then
        assertThat(hedging.patience(PRIMARY)).isNull();
    }

    /** Two of them, here. */
    @Test
    void remembersNoMoreModelsThanItMay() {
        // given
        for (var step : new Step[] {PRIMARY, SECOND, THIRD}) {
            IntStream.range(0, 9).forEach(call -> took(step, 300));
        }

        // when
        long known =
                IntStream.range(0, 3)
                        .mapToObj(place -> new Step[] {PRIMARY, SECOND, THIRD}[place])
                        .filter(step -> hedging.patience(step) != null)
                        .count();

        // then
        assertThat(known).isLessThanOrEqualTo(2);
    }

    @Test
    void isNothingWhereItIsSwitchedOff() {
        // given
        var off =
                new Hedging(
                        new HedgeSettings(
                                false, 20, 5, Duration.ofMillis(100), Duration.ofSeconds(5), 2));

        // when
        IntStream.range(0, 9)
                .forEach(call -> off.ended(HedgedChain.report(PRIMARY, "answered", 300L, 350)));

        // then
        assertThat(off.patience(PRIMARY)).isNull();
    }

    private void took(Step step, long millis) {
        hedging.ended(HedgedChain.report(step, "answered", millis, millis + 50));
    }

    private static CallReport failed(Step step, ModelFailure failure, long took) {
        var told = HedgedChain.report(step, failure.code(), null, took);
        return new CallReport(
                told.call(), failure.code(), failure, told.timing(), null, 0, null, null, null);
    }
}
