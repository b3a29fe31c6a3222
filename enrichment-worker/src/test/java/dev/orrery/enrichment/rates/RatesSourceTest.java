package dev.orrery.enrichment.rates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.enrichment.SimulatedWorld;
import dev.orrery.pipeline.address.PlainHttp;
import dev.orrery.pipeline.profiles.Profile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Against the simulated service, which plays real faults. */
class RatesSourceTest {

    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-07-18T05:07:00Z");

    @RegisterExtension static final SimulatedWorld WORLD = new SimulatedWorld(NOW);

    private static final Profile INDIAN = country("IN");

    private RatesSource source;

    @BeforeEach
    void open() {
        var settings =
                new RatesSettings(
                        URI.create(WORLD.services().url("exchange-rates")),
                        PlainHttp.REFUSED,
                        List.of("USD", "EUR", "INR"),
                        Duration.ofSeconds(3),
                        Duration.ofHours(6),
                        Duration.ofDays(7),
                        SimulatedWorld.HTTP);
        source = new RatesSource(settings, WORLD.clock(), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void tellsWhatTheMoneyOfTheUsersCountryIsWorth() {
        // when
        var rates =
                SimulatedWorld.asked(source, INDIAN)
                        .blockOptional(SimulatedWorld.PATIENCE)
                        .orElseThrow();

        // then
        assertThat(rates.base()).isEqualTo("INR");
        assertThat(rates.date()).isEqualTo(LocalDate.of(2026, 7, 17));
        assertThat(rates.rates())
                .extracting(ExchangeRates.Rate::quote)
                .containsExactly("EUR", "USD");
        assertThat(rates.rates().getFirst().rate())
                .isBetween(new BigDecimal("0.010"), new BigDecimal("0.012"));
        assertThat(
                        WORLD.services()
                                .exchangeRates()
                                .calls()
                                .of("rates")
                                .getLast()
                                .received()
                                .query())
                .isEqualTo("base=INR&quotes=EUR,USD");
    }

    @Test
    void asksOneQuestionForAllUsersOfACountry() {
        // given
        var asha = source.question(INDIAN);

        // when
        var ravi = source.question(country("IN"));

        // then
        assertThat(ravi.canonical()).isEqualTo(asha.canonical()).endsWith("|latest|INR|EUR,USD");
        assertThat(source.question(country("DE")).canonical()).endsWith("|latest|EUR|INR,USD");
    }

    @ParameterizedTest
    @CsvSource({", no_country", "AQ, unusable_country", "XX, unusable_country"})
    void saysWhyItCannotBeAsked(String country, String code) {
        // given
        var profile = country == null ? Profile.EMPTY : country(country);

        // when / then
        SimulatedWorld.assertNotAskable(source, profile, code);
    }

    @Test
    void isRefusedForACurrencyThatNobodyPublishes() {
        // when / then: the som has no reference rate
        SimulatedWorld.assertFails(source, country("KG"), "refused");
    }

    @ParameterizedTest
    @CsvSource({
        "status-500, failing",
        "status-429, rate_limited",
        "html, invalid_answer",
        "error-first, invalid_answer",
        "missing-keys, invalid_answer",
        "null-content, invalid_answer",
        "empty-choices, invalid_answer",
        "broken-event-after-0, invalid_answer",
        "reset, unreachable"
    })
    void failsAsAWhole(String script, String code) {
        // given
        WORLD.services().exchangeRates().script(script);

        // when / then
        SimulatedWorld.assertFails(source, INDIAN, code);
    }

    private static Profile country(String country) {
        return new Profile(JsonMapper.shared().createObjectNode().put("country", country));
    }
}
