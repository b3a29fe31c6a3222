package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.guard.Ceiling;
import dev.orrery.llm.guard.CostSettings;
import dev.orrery.llm.guard.Spending;
import dev.orrery.llm.prices.Price;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.scripted.Script;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service has models do is on its own account. */
class SpendingOverHttpTest {

    /** A dollar a million tokens. */
    private static final Prices PRICES =
            (provider, model) -> Optional.of(new Price(1_000_000, 1_000_000, 0, 0));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stopsOneServiceAtItsLimitAndNoOther(boolean stream) {
        // given
        var limits =
                new CostSettings(
                        null, null, new BigDecimal("0.00003"), Map.of(), CostSettings.UNPRICED);
        var spending = new Spending(Clock.systemUTC());
        var ceiling = new Ceiling(limits, spending, PRICES, new SimpleMeterRegistry());
        try (var gateway = new RunningGateway(ceiling, PRICES)) {
            gateway.model("openai", Script.answer("Hello.").usage(31, 4));
            var body = Asks.with("\"fallbacks\":[],\"stream\":" + stream);

            // when
            var first = gateway.postAs("reports", body);
            var second = gateway.postAs("reports", body);
            var other = gateway.postAs("shop", body);

            // then
            assertThat(first.status()).isEqualTo(200); // 35 millionths of a dollar
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.code()).isEqualTo("spending_limit_reached");
            assertThat(other.status()).isEqualTo(200);
        }
    }
}
