package dev.orrery.llm.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.chain.Spenders;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.prices.Cost;
import dev.orrery.llm.prices.Price;
import dev.orrery.llm.prices.Prices;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** No more is spent on models in a day than may be. */
@ExtendWith(OutputCaptureExtension.class)
class CeilingTest {

    private static final Cost A_DOLLAR = new Cost(1_000_000, false);
    private static final Call MIRA = Calls.of("openai", "gpt", "mira");
    private static final Call OTTO = Calls.of("openai", "gpt", "otto");
    private static final Call NOBODY = Calls.of("openai", "gpt", null);

    /** Paid by openai, free at home, unknown elsewhere. */
    private static final Prices PRICES =
            (provider, model) ->
                    switch (provider) {
                        case "openai" -> Optional.of(new Price(1, 1, 1, 1));
                        case "house" -> Optional.of(Price.FREE);
                        default -> Optional.empty();
                    };

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void stopsEverybodyOnceTheLimitIsReached() {
        // given
        var calls =
                calls(
                        new CostSettings(
                                new BigDecimal("2.00"),
                                null,
                                null,
                                Map.of(),
                                CostSettings.UNPRICED));
        calls.begin(MIRA).answer(new Cost(1_999_999, false));
        var before = calls.refusal(OTTO);

        // when
        calls.begin(OTTO).answer(new Cost(1, true));

        // then
        assertThat(before).isNull();
        assertThat(calls.refusal(MIRA)).isEqualTo(Reason.SKIPPED_SPENT);
        assertThat(calls.refusal(NOBODY)).isEqualTo(Reason.SKIPPED_SPENT);
    }

    @Test
    void stopsOneBotAndNoOtherByTheLimitOfABot() {
        // given
        var calls =
                calls(
                        new CostSettings(
                                null,
                                BigDecimal.ONE,
                                null,
                                Map.of("otto", BigDecimal.TEN),
                                CostSettings.UNPRICED));

        // when
        calls.begin(MIRA).answer(A_DOLLAR);
        calls.begin(OTTO).answer(A_DOLLAR);

        // then
        assertThat(calls.refusal(MIRA)).isEqualTo(Reason.SKIPPED_SPENT);
        assertThat(calls.refusal(OTTO)).isNull();
        assertThat(calls.refusal(NOBODY)).isNull();
    }

    @Test
    void stopsOneServiceAndNoBotByTheLimitOfAService() {
        // given
        var limits = Map.of("service:shop", BigDecimal.TEN);
        var calls =
                calls(new CostSettings(null, null, BigDecimal.ONE, limits, CostSettings.UNPRICED));
        var reports = Calls.of("openai", "gpt", Spenders.service("reports"));
        var shop = Calls.of("openai", "gpt", Spenders.service("shop"));
        var namesake = Calls.of("openai", "gpt", "reports");

        // when
        calls.begin(reports).answer(A_DOLLAR);
        calls.begin(shop).answer(A_DOLLAR);
        calls.begin(MIRA).answer(A_DOLLAR);

        // then
        assertThat(calls.refusal(reports)).isEqualTo(Reason.SKIPPED_SPENT);
        assertThat(calls.refusal(shop)).isNull();
        assertThat(calls.refusal(namesake)).isNull();
        assertThat(calls.refusal(MIRA)).isNull();
    }

    @Test
    void goesOnWithModelsThatAreKnownToBeFree() {
        // given
        var calls =
                calls(
                        new CostSettings(
                                BigDecimal.ONE, null, null, Map.of(), CostSettings.UNPRICED));

        // when
        calls.begin(MIRA).answer(A_DOLLAR);

        // then
        assertThat(calls.refusal(Calls.of("house"))).isNull();
        assertThat(calls.refusal(Calls.of("unknown"))).isEqualTo(Reason.SKIPPED_SPENT);
    }

    @Test
    void countsWhatACallHasCostThoughItFailed() {
        // given
        var calls =
                calls(
                        new CostSettings(
                                BigDecimal.ONE, null, null, Map.of(), CostSettings.UNPRICED));

        // when
        calls.begin(MIRA).breakOff(A_DOLLAR);

        // then
        assertThat(calls.refusal(MIRA)).isEqualTo(Reason.SKIPPED_SPENT);
    }

    @Test
    void beginsAgainAtMidnightUtc() {
        // given
        var calls =
                calls(
                        new CostSettings(
                                BigDecimal.ONE, null, null, Map.of(), CostSettings.UNPRICED));
        calls.begin(MIRA).answer(A_DOLLAR);

        // when
        time.advance(Duration.ofHours(14).minusMillis(1)); // it began at 10
        var before = calls.refusal(MIRA);
        time.advance(Duration.ofMillis(1));
        var after = calls.refusal(MIRA);

        // then
        assertThat(before).isEqualTo(Reason.SKIPPED_SPENT);
        assertThat(after).isNull();
    }

    @Test
    void hasNoLimitUnlessOneIsSet() {
        // given
        var calls = calls(CostSettings.unlimited());

        // when
        calls.begin(MIRA).answer(new Cost(Long.MAX_VALUE - 1, false));
        calls.begin(MIRA).answer(null);

        // then
        assertThat(calls.refusal(MIRA)).isNull();
    }

    @Test
    void stopsCallersOfModelsWhosePriceIsNotKnown() {
        // given
        var calls = calls(limitedToADollar("0.25"));
        var unpriced = Calls.of("unknown", "gpt", "mira");

        // when
        calls.begin(unpriced).answer(usage(1_000_000), null);
        calls.begin(unpriced).answer(usage(2_999_996), null);
        var before = calls.refusal(MIRA);
        calls.begin(unpriced).answer(usage(1), null);

        // then
        assertThat(before).isNull();
        assertThat(calls.refusal(MIRA)).isEqualTo(Reason.SKIPPED_SPENT);
    }

    @Test
    void countsNothingOfServersThatRequestsName() {
        // given
        var calls = calls(limitedToADollar("1000000"));

        // when
        calls.begin(Calls.of("openai@http://127.0.0.1:9001/v1")).answer(usage(1_000_000), null);

        // then
        assertThat(calls.refusal(MIRA)).isNull();
    }

    private static CostSettings limitedToADollar(String unpriced) {
        return new CostSettings(BigDecimal.ONE, null, null, Map.of(), new BigDecimal(unpriced));
    }

    private static ModelChunk.Usage usage(long tokens) {
        return new ModelChunk.Usage(tokens, 0, null, null);
    }

    @Test
    void soundsTheAlarmOnceADay(CapturedOutput log) {
        // given
        var calls =
                calls(
                        new CostSettings(
                                BigDecimal.ONE, null, null, Map.of(), CostSettings.UNPRICED));
        calls.begin(MIRA).answer(A_DOLLAR);

        // when
        calls.refusal(MIRA);
        calls.refusal(OTTO);

        // then
        assertThat(log.getOut().split("The daily cost limit is reached", -1)).hasSize(2);
        assertThat(meters.get("orrery.llm.cost.stopped").tag("limit", "global").counter().count())
                .isEqualTo(2);
        assertThat(meters.get("orrery.llm.cost.today").gauge().value()).isEqualTo(1.0);
    }

    private Calls calls(CostSettings settings) {
        return new Calls(new Ceiling(settings, new Spending(time.clock()), PRICES, meters));
    }
}
