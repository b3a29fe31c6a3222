package dev.orrery.enrichment.birthchart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chartapi.ChartApiSettings;
import dev.orrery.enrichment.chartapi.ChartServer;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.address.PlainHttp;
import dev.orrery.pipeline.profiles.Profile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Our client of the astrology service, pointed at our own endpoints. */
class OwnChartApiTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-07-16T10:00:00Z"), ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ChartServer server;

    @BeforeAll
    static void start() {
        server = new ChartServer(new ChartApiSettings("600", "a-secret", 100), CLOCK);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        // India's independence; quarter hours on a leap day; the polar circle; the far south; the
        // first year
        "1947-08-15, 00:00, 28.6139, 77.209, 5.5",
        "2000-02-29, 09:00, 27.7017, 85.3206, 5.75",
        "1975-12-21, 12:00, 69.6492, 18.9553, 1",
        "1988-06-21, 23:59, -54.8019, -68.303, -3",
        "1800-01-01, 00:00, 0, 0, 0"
    })
    void getsTheChartThatIsComputedHere(
            String date, String time, String latitude, String longitude, String offset) {
        // given
        var profile = born(date, time, latitude, longitude, offset);
        try (var served = source("600", "a-secret");
                var computed = source("", "")) {

            // when
            var chart = chart(served, profile);

            // then
            assertThat(chart).isEqualTo(chart(computed, profile));
        }
    }

    @Test
    void getsALocalMeanTimeToTheMinute() {
        // given: Mumbai, 21 minutes and 10 seconds past five hours ahead of UTC
        var profile = born("1900-01-01", "12:00", "18.975", "72.8258", "5.352777777777778");
        try (var served = source("600", "a-secret");
                var computed = source("", "")) {

            // when
            var chart = chart(served, profile);

            // then
            assertThat(chart.ascendant()).isEqualTo(chart(computed, profile).ascendant());
            assertThat(chart.of(Graha.MOON).degree())
                    .isCloseTo(chart(computed, profile).of(Graha.MOON).degree(), within(0.005));
        }
    }

    @Test
    void isRefusedWithAnotherKey() {
        // given
        try (var stranger = source("600", "another")) {
            var profile = born("1947-08-15", "00:00", "28.6139", "77.209", "5.5");

            // when
            Runnable fetch = () -> chart(stranger, profile);

            // then
            assertThatThrownBy(fetch::run).isInstanceOf(SourceFailure.Refused.class);
        }
    }

    private static BirthChart chart(BirthChartSource source, Profile profile) {
        var question = source.question(profile);
        var answer = requireNonNull(source.fetch(question).block(PATIENCE));
        return source.normalise(source.validate(answer), question);
    }

    private static Profile born(
            String date, String time, String latitude, String longitude, String offset) {
        return new Profile(
                JsonMapper.shared()
                        .readTree(
                                """
                                {"birth": {"date": "%s", "time": "%s", "latitude": %s, "longitude": %s,
                                 "utc_offset": %s}}
                                """
                                        .formatted(date, time, latitude, longitude, offset)));
    }

    private static BirthChartSource source(String userId, String apiKey) {
        var http = new HttpSettings(6, 100, Duration.ofSeconds(5), DataSize.ofMegabytes(1));
        var settings =
                new AstrologySettings(
                        URI.create(server.url()),
                        userId,
                        apiKey,
                        PlainHttp.REFUSED,
                        Duration.ofSeconds(3),
                        Duration.ofDays(30),
                        5,
                        http);
        return new BirthChartSource(
                settings, ChartServer.CALCULATOR, CLOCK, new SimpleMeterRegistry());
    }
}
