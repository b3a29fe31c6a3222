package dev.orrery.llm.prices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {

    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");

    private static final PriceList LIST =
            new PriceList(
                    List.of(
                            entry("openai", "gpt-5*", JANUARY, 1),
                            entry("openai", "gpt-5-mini*", JANUARY, 2),
                            entry("openai", "gpt-5-mini", JANUARY, 3),
                            entry("openai", "gpt-5-mini*", JUNE, 4),
                            entry("*", "gpt-5-mini-2025*", JANUARY, 5),
                            entry("*", "sim/*", JANUARY, 6)));

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-5,              1",
        "openai, gpt-5-nano,         1",
        "openai, gpt-5-mini,         3",
        "openai, gpt-5-mini-2025-08, 4",
        "azure,  gpt-5-mini-2025-08, 5",
        "groq,   sim/echo,           6",
        "openai, sim/echo,           6"
    })
    void takesTheRowThatSaysMostAboutAModel(String provider, String model, long expected) {
        // when
        var price = LIST.find(provider, model, NOVEMBER);

        // then
        assertThat(price.orElseThrow().input()).isEqualTo(expected);
    }

    @Test
    void takesAPriceOnlyOnceItIsInEffect() {
        // when
        var before = LIST.find("openai", "gpt-5-mini-2025-08", JUNE.minusMillis(1));
        var from = LIST.find("openai", "gpt-5-mini-2025-08", JUNE);

        // then
        assertThat(before.orElseThrow().input()).isEqualTo(2);
        assertThat(from.orElseThrow().input()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"openai, gpt-4", "groq, gpt-5", "openai, GPT-5"})
    void knowsNoPriceOfAModelThatNoRowNames(String provider, String model) {
        // when
        var price = LIST.find(provider, model, NOVEMBER);

        // then
        assertThat(price).isEmpty();
    }

    private static PriceList.Entry entry(
            String provider, String pattern, Instant effectiveFrom, long input) {
        return new PriceList.Entry(provider, pattern, effectiveFrom, new Price(input, 0, 0, 0));
    }
}
