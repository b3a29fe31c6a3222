package dev.orrery.llm.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ModelChunk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {

    @ParameterizedTest
    @CsvSource({
        // input, output, cached, reasoning, micros
        "1000000, 0,       ,    ,    250000",
        "0,       1000000, ,    ,    2000000",
        "30,      4,       ,    ,    16", // 7.5 + 8
        "1,       0,       ,    ,    1", // 0.25
        "4,       0,       ,    ,    1",
        "1000000, 0,       1000000, , 25000",
        "1000,    0,       400, ,    160",
        "0,       1000,    ,    300, 2300", // 700 * 2 + 300 * 3
        "1000,    0,       5000, ,   25", // no more is cached than was sent
        "1000,    0,       -5,  ,    250",
        "0,       0,       ,    ,    0"
    })
    void isChargedExactlyAndRoundedUpOnce(
            long input, long output, @Nullable Long cached, @Nullable Long reasoning, long micros) {
        // given
        var price = new Price(250_000, 2_000_000, 25_000, 3_000_000);

        // when
        var cost = price.of(new ModelChunk.Usage(input, output, cached, reasoning), false);

        // then
        assertThat(cost).isEqualTo(new Cost(micros, false));
    }

    @Test
    void neverWrapsAroundWhateverAProviderStates() {
        // given
        var price = new Price(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0);
        var absurd = new ModelChunk.Usage(Long.MAX_VALUE, Long.MAX_VALUE, null, null);

        // when
        var cost = price.of(absurd, false);

        // then
        assertThat(cost.micros()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void saysWhetherItsTokensWereEstimated() {
        // when
        var cost = Price.FREE.of(new ModelChunk.Usage(1, 1, null, null), true);

        // then
        assertThat(cost).isEqualTo(new Cost(0, true));
    }
}
