package dev.orrery.enrichment.weather;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.simulator.Simulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
class WeatherSourceTest {

    private static final Instant NOW = Instant.parse("2026-07-16T05:07:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Profile IN_BENGALURU =
            profile("{\"place\": {\"latitude\": 12.9716, \"longitude\": 77.5946}}");

    private static Simulator simulator;
    private WeatherSource source;

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
        source = source(simulator.url("weather"));
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void tellsTheWeatherWhereTheUserIs() {
        // given
        var question = source.question(IN_BENGALURU);

        // when
        var answer = requireNonNull(source.fetch(question).block(PATIENCE));

        // then
        var weather = source.normalise(source.validate(answer), question);
        assertThat(weather.observedAt()).hasToString("2026-07-16T10:00+05:00");
        assertThat(weather.freshUntil()).isEqualTo(Instant.parse("2026-07-16T05:15:00Z"));
        assertThat(weather.sky()).isNotEqualTo(Sky.UNKNOWN);
        var call = simulator.weather().calls().of("forecast").getLast();
        assertThat(call.received().query())
                .isEqualTo(
                        "latitude=12.97&longitude=77.59"
                                + "&current=temperature_2m,weather_code,wind_speed_10m&timezone=auto");
    }

    @Test
    void takesWhatTheDoorResolvedWhereOnlyANameWasTold() {
        // given
        var inBerlin =
                profile(
                        """
                        {"place": {"name": "Berlin", "resolved": {"latitude": 52.52437, "longitude": 13.41053}},
                         "birth": {"latitude": 1, "longitude": 2}}
                        """);

        // when
        var question = source.question(inBerlin);

        // then
        assertThat(question.canonical()).endsWith("|52.52|13.41");
        assertThat(question).hasToString("WeatherQuestion[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};no_place",
                "{\"birth\": {\"latitude\": 1, \"longitude\": 2}};no_place",
                "{\"place\": {\"name\": \"Berlin\"}};place_not_resolved",
                "{\"place\": {\"latitude\": 91, \"longitude\": 0}};place_not_resolved"
            })
    void saysWhyItCannotBeAsked(String document, String code) {
        // given
        var profile = profile(document);

        // when
        Runnable ask = () -> source.question(profile);

        // then
        assertThatThrownBy(ask::run)
                .isInstanceOfSatisfying(
                        SourceFailure.NotAskable.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "status-400, refused",
        "status-503, failing",
        "status-429, rate_limited",
        "html, invalid_answer",
        "error-first, invalid_answer",
        "broken-event-after-0, invalid_answer",
        "missing-keys, invalid_answer",
        "null-content, invalid_answer",
        "empty-choices, invalid_answer",
        "cut-after-0, unreachable",
        "reset, unreachable",
        "redirect, refused"
    })
    void failsAsAWhole(String script, String code) {
        // given
        simulator.weather().script(script);
        var question = source.question(IN_BENGALURU);
        var weather =
                source.fetch(question)
                        .map(source::validate)
                        .map(answer -> source.normalise(answer, question));

        // when
        Runnable fetch = () -> weather.block(PATIENCE);

        // then
        assertThatThrownBy(fetch::run)
                .isInstanceOfSatisfying(
                        SourceFailure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageNotContaining("SECRET");
    }

    private static Profile profile(String document) {
        return new Profile(JsonMapper.shared().readTree(document));
    }

    private static WeatherSource source(String url) {
        var http = new HttpSettings(6, 100, Duration.ofSeconds(5), DataSize.ofMegabytes(1));
        var settings =
                new WeatherSettings(
                        URI.create(url),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(15),
                        Duration.ofHours(3),
                        http);
        return new WeatherSource(settings, CLOCK, new SimpleMeterRegistry());
    }
}
