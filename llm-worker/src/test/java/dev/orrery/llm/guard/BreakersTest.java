package dev.orrery.llm.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.TimedOut;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A target that is down is left alone, and found again when it is back. */
class BreakersTest {

    private static final BreakerSettings SETTINGS = BreakerSettings.defaults();
    private static final ModelFailure SERVER_ERROR =
            new ModelFailure.ServerError("status 500", null);
    private static final Call OPENAI = Calls.of("openai");

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Calls calls = new Calls(new Breakers(SETTINGS, time.ticker(), meters));

    @Test
    void opensOnceHalfOfTheCallsHaveFailed() {
        // given
        calls.answer(5, OPENAI);
        calls.fail(4, OPENAI, SERVER_ERROR);
        var before = calls.refusal(OPENAI);

        // when
        calls.fail(1, OPENAI, SERVER_ERROR);

        // then
        assertThat(before).isNull();
        assertThat(calls.refusal(OPENAI)).isEqualTo(Reason.SKIPPED_OPEN);
        assertThat(state("openai")).isEqualTo(2);
    }

    @Test
    void keepsEveryProviderModelAndRegionApart() {
        // given
        var mumbai = in("ap-south-1");
        var ireland = in("eu-west-1");

        // when
        calls.fail(10, mumbai, SERVER_ERROR);

        // then
        assertThat(calls.refusal(mumbai)).isEqualTo(Reason.SKIPPED_OPEN);
        assertThat(calls.refusal(ireland)).isNull();
        assertThat(calls.refusal(Calls.of("bedrock", "nova", null))).isNull();
        assertThat(calls.refusal(Calls.of("openai", "claude", null))).isNull();
    }

    @Test
    void keepsServersThatRequestsNameApartThoughTheyShareAGauge() {
        // given
        var broken = Calls.of("openai@http://127.0.0.1:9001/v1");
        var sound = Calls.of("openai@http://127.0.0.1:9002/v1");
        calls.answer(1, sound);

        // when
        calls.fail(10, broken, SERVER_ERROR);

        // then
        assertThat(calls.refusal(broken)).isEqualTo(Reason.SKIPPED_OPEN);
        assertThat(calls.refusal(sound)).isNull();
        assertThat(meters.find("orrery.llm.breaker.state").gauges()).hasSize(1);
        assertThat(state("openai@named")).isEqualTo(2);
    }

    @Test
    void letsAFewProbesPassAfterAWhile() {
        // given
        calls.fail(10, OPENAI, SERVER_ERROR);
        time.advance(SETTINGS.open().plusMillis(1));

        // when
        calls.begin(OPENAI);
        calls.begin(OPENAI);

        // then
        assertThat(calls.refusal(OPENAI)).isEqualTo(Reason.SKIPPED_OPEN);
        assertThat(state("openai")).isEqualTo(1);
    }

    @Test
    void closesWhenTheProbesAreAnswered() {
        // given
        calls.fail(10, OPENAI, SERVER_ERROR);
        time.advance(SETTINGS.open().plusMillis(1));

        // when
        calls.answer(2, OPENAI);

        // then
        assertThat(calls.refusal(OPENAI)).isNull();
        assertThat(state("openai")).isZero();
    }

    @Test
    void opensAgainWhenTheProbesFail() {
        // given
        calls.fail(10, OPENAI, SERVER_ERROR);
        time.advance(SETTINGS.open().plusMillis(1));

        // when
        calls.fail(2, OPENAI, SERVER_ERROR);

        // then
        assertThat(calls.refusal(OPENAI)).isEqualTo(Reason.SKIPPED_OPEN);
    }

    @Test
    void givesThePlaceOfAProbeBackThatWasCancelled() {
        // given
        calls.fail(10, OPENAI, SERVER_ERROR);
        time.advance(SETTINGS.open().plusMillis(1));

        // when
        for (int i = 0; i < 10; i++) {
            calls.begin(OPENAI).cancel();
        }

        // then
        assertThat(calls.refusal(OPENAI)).isNull();
    }

    @ParameterizedTest
    @MethodSource("noFaultsOfTheTarget")
    void doesNotHoldAgainstATargetWhatIsNotItsFault(ModelFailure failure) {
        // when
        calls.fail(50, OPENAI, failure);

        // then
        assertThat(calls.refusal(OPENAI)).isNull();
    }

    static Stream<ModelFailure> noFaultsOfTheTarget() {
        return Stream.of(
                new ModelFailure.RejectedInput("status 400"),
                new ModelFailure.ContentFiltered("refused"),
                new ModelFailure.ContextTooLong("too long"),
                new TimedOut(TimedOut.Limit.DEADLINE),
                new ModelFailure.EmptyResponse("all thought", true));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotHoldAgainstATargetThatACallerWaitsLessThanUsual(TimedOut.Limit limit) {
        // given
        var millisecond = Duration.ofMillis(1);
        var hurried = new Limits(millisecond, millisecond, millisecond, millisecond);

        // when
        calls.fail(50, Calls.of(hurried), new TimedOut(limit));

        // then
        assertThat(calls.refusal(OPENAI)).isNull();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEADLINE")
    void opensForATargetThatIsLaterThanUsual(TimedOut.Limit limit) {
        // when
        calls.fail(10, Calls.of(Limits.USUAL), new TimedOut(limit));

        // then
        assertThat(calls.refusal(OPENAI)).isEqualTo(Reason.SKIPPED_OPEN);
    }

    @Test
    void keepsTargetsInUseHoweverManyOthersAreInvented() {
        // given
        calls.fail(10, OPENAI, SERVER_ERROR);

        // when
        for (int i = 0; i < 2 * Guards.MOST; i++) {
            calls.begin(Calls.of("openai", "invented-" + i, null)).cancel();
            calls.refusal(OPENAI);
        }

        // then
        assertThat(calls.refusal(OPENAI)).isEqualTo(Reason.SKIPPED_OPEN);
        assertThat(meters.find("orrery.llm.breaker.state").gauges())
                .hasSizeLessThanOrEqualTo(1_001);
        assertThat(state("openai", "gpt")).isEqualTo(2);
    }

    @Test
    void forgetsATargetThatNobodyHasAskedForLong() {
        // given
        calls.answer(1, Calls.of("openai", "invented", null));

        // when
        time.advance(Duration.ofHours(1));
        calls.answer(1, OPENAI);

        // then
        assertThat(meters.find("orrery.llm.breaker.state").tag("model", "invented").gauge())
                .isNull();
        assertThat(state("openai", "gpt")).isZero();
    }

    @Test
    void doesNotHoldCancellationsAgainstATarget() {
        // when
        for (int i = 0; i < 50; i++) {
            calls.begin(OPENAI).cancel();
        }

        // then
        assertThat(calls.refusal(OPENAI)).isNull();
    }

    @ParameterizedTest
    @MethodSource("pauses")
    void leavesATargetAloneForAsLongAsItAsks(ModelFailure failure, Duration pause) {
        // given
        calls.fail(1, OPENAI, failure);

        // when
        time.advance(pause.minusMillis(1));
        var during = calls.refusal(OPENAI);
        time.advance(Duration.ofMillis(1));
        var after = calls.refusal(OPENAI);

        // then
        assertThat(during).isEqualTo(Reason.SKIPPED_OPEN);
        assertThat(after).isNull();
    }

    static Stream<Arguments> pauses() {
        var seven = Duration.ofSeconds(7);
        return Stream.of(
                arguments(new ModelFailure.RateLimited("status 429", seven), seven),
                arguments(new ModelFailure.Overloaded("status 503", seven), seven),
                arguments(new ModelFailure.ServerError("status 500", seven), seven),
                arguments(
                        new ModelFailure.RateLimited("status 429", Duration.ofDays(1)),
                        SETTINGS.longestPause()),
                arguments(new ModelFailure.QuotaExhausted("no money"), SETTINGS.quotaPause()));
    }

    @Test
    void shortensNoPauseByAShorterOne() {
        // given
        var first = calls.begin(OPENAI);
        var second = calls.begin(OPENAI);
        first.fail(new ModelFailure.RateLimited("status 429", Duration.ofSeconds(30)));

        // when
        second.fail(new ModelFailure.RateLimited("status 429", Duration.ofSeconds(1)));
        time.advance(Duration.ofSeconds(29));

        // then
        assertThat(calls.refusal(OPENAI)).isEqualTo(Reason.SKIPPED_OPEN);
        assertThat(state("openai")).isEqualTo(2);
    }

    @Test
    void letsALastResortPass() {
        // given
        calls.fail(10, OPENAI, SERVER_ERROR);

        // when
        calls.begin(OPENAI, true).fail(SERVER_ERROR);

        // then
        assertThat(calls.refusal(OPENAI)).isEqualTo(Reason.SKIPPED_OPEN);
    }

    @Test
    void beginsToProbeAtOnceWhenALastResortWasAnswered() {
        // given
        calls.fail(10, OPENAI, SERVER_ERROR);

        // when
        calls.begin(OPENAI, true).answer();

        // then
        assertThat(state("openai")).isEqualTo(1);
        assertThat(calls.refusal(OPENAI)).isNull();
    }

    private static Call in(String region) {
        var call = Calls.of("bedrock", "claude", null);
        var step = call.step();
        return new Call(
                call.correlation(),
                call.number(),
                new Step(step.provider(), step.model(), region, 0, step.limits()),
                call.conversation(),
                null);
    }

    private double state(String provider, String model) {
        return meters.get("orrery.llm.breaker.state")
                .tags("provider", provider, "model", model)
                .gauge()
                .value();
    }

    private double state(String provider) {
        return meters.get("orrery.llm.breaker.state").tag("provider", provider).gauge().value();
    }
}
