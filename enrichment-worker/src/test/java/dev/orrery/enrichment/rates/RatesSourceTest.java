package dev.orrery.enrichment.rates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.simulator.Simulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Against the simulated service, which plays real faults. */
class RatesSourceTest {

    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-07-18T05:07:00Z");

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Profile INDIAN = country("IN");

    private static Simulator simulator;
    private RatesSource source;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0, CLOCK);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void open() {
        simulator.reset();
        source = source(List.of("USD", "EUR", "INR"));
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void tellsWhatTheMoneyOfTheUsersCountryIsWorth() {
        // given
        var question = source.question(INDIAN);

        // when
        var answer = requireNonNull(source.fetch(question).block(PATIENCE));

        // then
        var rates = source.normalise(source.validate(answer), question);
        assertThat(rates.base()).isEqualTo("INR");
        assertThat(rates.date()).isEqualTo(LocalDate.of(2026, 7, 17));
        assertThat(rates.rates())
                .extracting(ExchangeRates.Rate::quote)
                .containsExactly("EUR", "USD");
        assertThat(rates.rates().getFirst().rate())
                .isBetween(new BigDecimal("0.010"), new BigDecimal("0.012"));
        assertThat(simulator.exchangeRates().calls().of("rates").getLast().received().query())
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

        // when
        Runnable ask = () -> source.question(profile);

        // then
        assertThatThrownBy(ask::run)
                .isInstanceOfSatisfying(
                        SourceFailure.NotAskable.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void isRefusedForACurrencyThatNobodyPublishes() {
        // given: the som has no reference rate
        var question = source.question(country("KG"));

        // when
        Runnable fetch = () -> source.fetch(question).block(PATIENCE);

        // then
        assertThatThrownBy(fetch::run).isInstanceOf(SourceFailure.Refused.class);
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
        simulator.exchangeRates().script(script);
        var question = source.question(INDIAN);
        var rates =
                source.fetch(question)
                        .map(source::validate)
                        .map(answer -> source.normalise(answer, question));

        // when
        Runnable fetch = () -> rates.block(PATIENCE);

        // then
        assertThatThrownBy(fetch::run)
                .isInstanceOfSatisfying(
                        SourceFailure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageNotContaining("SECRET");
    }

    private static Profile country(String country) {
        return new Profile(JsonMapper.shared().createObjectNode().put("country", country));
    }

    private static RatesSource source(List<String> quotes) {
        var http = new HttpSettings(6, 100, Duration.ofSeconds(5), DataSize.ofMegabytes(1));
        var settings =
                new RatesSettings(
                        URI.create(simulator.url("exchange-rates")),
                        quotes,
                        Duration.ofSeconds(3),
                        Duration.ofHours(6),
                        Duration.ofDays(7),
                        http);
        return new RatesSource(settings, CLOCK, new SimpleMeterRegistry());
    }
}
