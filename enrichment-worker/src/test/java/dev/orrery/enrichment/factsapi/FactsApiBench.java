package dev.orrery.enrichment.factsapi;

import dev.orrery.enrichment.birthchart.AstrologySettings;
import dev.orrery.enrichment.birthchart.BirthChartSource;
import dev.orrery.enrichment.chartapi.ChartServer;
import dev.orrery.enrichment.facts.WordSource;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.rates.RatesSettings;
import dev.orrery.enrichment.rates.RatesSource;
import dev.orrery.enrichment.source.ServiceSource;
import dev.orrery.enrichment.weather.WeatherSettings;
import dev.orrery.enrichment.weather.WeatherSource;
import dev.orrery.pipeline.address.PlainHttp;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.simulator.Simulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The facts of two users on a port, with a word, charts, the weather and rates for sources. */
abstract class FactsApiBench {

    static final Instant NOW = Instant.parse("2026-07-18T05:07:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpSettings HTTP =
            new HttpSettings(4, 10, Duration.ofSeconds(2), DataSize.ofKilobytes(64));

    static final String ASHA = "{\"user_id\":\"asha\",\"profile_version\":1}";
    static final String NOBODY = "{\"user_id\":\"nobody\",\"profile_version\":0}";

    static final Profile PROFILE =
            new Profile(
                    JsonMapper.shared()
                            .readTree(
                                    """
                                    {"country": "IN", "place": {"latitude": 12.97, "longitude": 77.59},
                                     "birth": {"date": "1971-05-06", "time": "03:21",
                                       "latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5},
                                     "second": {"birth": {"date": "1988-01-02", "time": "04:30",
                                       "latitude": 59.9127, "longitude": 10.7461, "utc_offset": 1}}}
                                    """));

    static Simulator simulator;
    private static WordSource words;
    static FactsServer server;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0, CLOCK);
        words = new WordSource("word");
        server = new FactsServer(FactsApiBench::profile, CLOCK, PATIENCE, sources());
    }

    private static List<ServiceSource<?, ?, ?>> sources() {
        var meters = new SimpleMeterRegistry();
        var charts =
                new BirthChartSource(
                        new AstrologySettings(
                                null, "", "", PlainHttp.REFUSED, PATIENCE, Duration.ZERO, 2, HTTP),
                        ChartServer.CALCULATOR,
                        CLOCK,
                        meters);
        return List.of(
                words,
                charts,
                charts.ofSecondProfile(),
                new WeatherSource(
                        new WeatherSettings(
                                URI.create(simulator.url("weather")),
                                PlainHttp.REFUSED,
                                PATIENCE,
                                Duration.ZERO,
                                Duration.ZERO,
                                HTTP),
                        CLOCK,
                        meters),
                new RatesSource(
                        new RatesSettings(
                                URI.create(simulator.url("exchange-rates")),
                                PlainHttp.REFUSED,
                                List.of("EUR", "USD"),
                                PATIENCE,
                                Duration.ZERO,
                                Duration.ZERO,
                                HTTP),
                        CLOCK,
                        meters));
    }

    private static Mono<Profile> profile(String user, int version) {
        return switch (user) {
            case "asha" -> Mono.just(PROFILE);
            case "unreadable" ->
                    Mono.error(new StageFailure.Transient("the database is away", new Exception()));
            default -> Mono.just(Profile.EMPTY);
        };
    }

    @AfterAll
    static void stop() {
        server.close();
        simulator.close();
    }

    @BeforeEach
    void forgetCalls() {
        simulator.reset();
    }

    static String about(String arguments) {
        return ASHA.replace("}", ",\"arguments\":" + arguments + "}");
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
