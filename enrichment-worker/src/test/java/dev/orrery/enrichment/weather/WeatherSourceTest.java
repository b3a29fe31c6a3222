package dev.orrery.enrichment.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.SimulatedWorld;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.address.PlainHttp;
import dev.orrery.pipeline.profiles.Profile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposables;

/** Against the simulated service, which plays real faults. */
class WeatherSourceTest {

    @RegisterExtension
    static final SimulatedWorld WORLD = new SimulatedWorld(Instant.parse("2026-07-16T05:07:00Z"));

    private static final Profile IN_BENGALURU =
            SimulatedWorld.profile("{\"place\": {\"latitude\": 12.9716, \"longitude\": 77.5946}}");

    private WeatherSource source;

    @BeforeEach
    void open() {
        source = source(SimulatedWorld.HTTP);
    }

    private static WeatherSource source(HttpSettings http) {
        var settings =
                new WeatherSettings(
                        URI.create(WORLD.services().url("weather")),
                        PlainHttp.REFUSED,
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(15),
                        Duration.ofHours(3),
                        http);
        return new WeatherSource(settings, WORLD.clock(), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void tellsTheWeatherWhereTheUserIs() {
        // when
        var weather =
                SimulatedWorld.asked(source, IN_BENGALURU)
                        .blockOptional(SimulatedWorld.PATIENCE)
                        .orElseThrow();

        // then
        assertThat(weather.observedAt()).hasToString("2026-07-16T10:00+05:00");
        assertThat(weather.freshUntil()).isEqualTo(Instant.parse("2026-07-16T05:15:00Z"));
        assertThat(weather.sky()).isNotEqualTo(Sky.UNKNOWN);
        var call = WORLD.services().weather().calls().of("forecast").getLast();
        assertThat(call.received().query())
                .isEqualTo(
                        "latitude=12.97&longitude=77.59"
                                + "&current=temperature_2m,weather_code,wind_speed_10m&timezone=auto");
    }

    @Test
    void takesWhatTheDoorResolvedWhereOnlyANameWasTold() {
        // given
        var inBerlin =
                SimulatedWorld.profile(
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
        // when / then
        SimulatedWorld.assertNotAskable(source, SimulatedWorld.profile(document), code);
    }

    @Test
    void asksNoMoreAtTheSameTimeThanItsConnectionsTake() {
        // given
        WORLD.services().weather().script("hang");
        var http = new HttpSettings(1, 1, Duration.ofSeconds(5), DataSize.ofMegabytes(1));
        try (var narrow = source(http)) {
            var ask = narrow.fetch(narrow.question(IN_BENGALURU));
            var waiting = Disposables.composite();
            waiting.add(ask.onErrorComplete().subscribe(answer -> {}));
            waiting.add(ask.onErrorComplete().subscribe(answer -> {}));

            // when
            Runnable third = () -> ask.block(SimulatedWorld.PATIENCE);

            // then
            assertThatThrownBy(third::run)
                    .isInstanceOfSatisfying(
                            SourceFailure.Overloaded.class,
                            failure -> assertThat(failure.mayPass()).isFalse());
            waiting.dispose();
        }
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
        WORLD.services().weather().script(script);

        // when / then
        SimulatedWorld.assertFails(source, IN_BENGALURU, code);
    }
}
