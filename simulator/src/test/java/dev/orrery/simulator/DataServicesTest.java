package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.script.Fault;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Open-Meteo and Frankfurter on the wire: shapes, refusals and faults. */
class DataServicesTest {

    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-07-18T05:07:00Z");

    private static final String BENGALURU =
            "/weather/v1/forecast?latitude=12.97&longitude=77.59"
                    + "&current=temperature_2m,weather_code,wind_speed_10m&timezone=auto";

    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.reset();
    }

    @Test
    void tellsTheCurrentWeatherWithItsUnitsAndALocalTime() throws IOException {
        // when
        JsonNode weather = json(get(BENGALURU));

        // then
        assertThat(weather.path("utc_offset_seconds").asInt()).isEqualTo(5 * 3_600);
        assertThat(weather.at("/current/time").asString()).isEqualTo("2026-07-18T10:00");
        assertThat(weather.at("/current/interval").asInt()).isEqualTo(900);
        assertThat(weather.at("/current_units/temperature_2m").asString()).isEqualTo("°C");
        assertThat(weather.at("/current_units/wind_speed_10m").asString()).isEqualTo("km/h");
        assertThat(weather.at("/current/temperature_2m").asDouble()).isBetween(15.0, 35.0);
        assertThat(weather.at("/current/weather_code").isIntegralNumber()).isTrue();
        assertThat(simulator.weather().calls().count("forecast")).isEqualTo(1);
    }

    @Test
    void tellsTheSameInOtherUnits() throws IOException {
        // given
        JsonNode metric = json(get(BENGALURU));

        // when
        JsonNode other = json(get(BENGALURU + "&temperature_unit=fahrenheit&wind_speed_unit=ms"));

        // then
        assertThat(other.at("/current_units/temperature_2m").asString()).isEqualTo("°F");
        assertThat(other.at("/current/temperature_2m").asDouble())
                .isBetween(
                        metric.at("/current/temperature_2m").asDouble() * 1.8 + 31.8,
                        metric.at("/current/temperature_2m").asDouble() * 1.8 + 32.2);
        assertThat(other.at("/current_units/wind_speed_10m").asString()).isEqualTo("m/s");
    }

    @Test
    void isColderNearThePoleInWinter() throws IOException {
        // when
        JsonNode pole =
                json(get("/weather/v1/forecast?latitude=-80&longitude=0&current=temperature_2m"));

        // then
        assertThat(pole.at("/current/temperature_2m").asDouble()).isBetween(-40.0, 0.0);
        assertThat(pole.path("timezone").asString()).isEqualTo("GMT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "longitude=1&current=temperature_2m",
                "latitude=91&longitude=1&current=temperature_2m",
                "latitude=x&longitude=1&current=temperature_2m",
                "latitude=%zz&longitude=1&current=temperature_2m",
                "latitude=1&longitude=1&current=tarot"
            })
    void refusesAForecastOfNowhere(String query) throws IOException {
        // when
        Heard heard = get("/weather/v1/forecast?" + query);

        // then
        assertThat(heard.status()).isEqualTo(400);
        assertThat(json(heard).path("error").asBoolean()).isTrue();
        assertThat(json(heard).path("reason").asString()).contains(Fault.SECRET_MARKER);
    }

    @Test
    void listsRatesOfTheLastWorkingDay() throws IOException {
        // when
        JsonNode rates = json(get("/exchange-rates/v2/rates?base=USD&quotes=EUR,INR"));

        // then
        assertThat(rates).hasSize(2);
        assertThat(rates.get(0).path("date").asString()).isEqualTo("2026-07-17");
        assertThat(rates.get(0).path("base").asString()).isEqualTo("USD");
        assertThat(rates.get(0).path("quote").asString()).isEqualTo("EUR");
        assertThat(rates.get(0).path("rate").asDouble()).isBetween(0.88, 0.96);
        assertThat(rates.get(1).path("rate").asDouble()).isBetween(80.0, 90.0);
    }

    @Test
    void tellsOneRateAsTheListDoes() throws IOException {
        // given
        JsonNode list = json(get("/exchange-rates/v2/rates?base=USD&quotes=EUR"));

        // when
        JsonNode one = json(get("/exchange-rates/v2/rate/USD/EUR"));

        // then
        assertThat(one).isEqualTo(list.get(0));
        assertThat(simulator.exchangeRates().calls().count("rate")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "rates?base=XXX, 422",
        "'rates?base=USD&quotes=EUR,XXX', 422",
        "rate/USD/xxx, 422",
        "rate/USD, 404",
        "tarot, 404"
    })
    void refusesCurrenciesThatItDoesNotKnow(String path, int status) throws IOException {
        // when
        Heard heard = get("/exchange-rates/v2/" + path);

        // then
        assertThat(heard.status()).isEqualTo(status);
        assertThat(json(heard).path("message").asString()).contains(Fault.SECRET_MARKER);
    }

    @ParameterizedTest
    @CsvSource({"weather, forecast", "exchange-rates, rates"})
    void playsFaults(String service, String target) throws IOException {
        // given
        String path =
                service.equals("weather")
                        ? BENGALURU
                        : "/exchange-rates/v2/rates?base=USD&quotes=EUR";
        simulator
                .service(service)
                .scriptTarget(
                        target, "status-429-retry-after-3", "html", "cut-after-1", "missing-keys");

        // when
        Heard limited = get(path);

        // then
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.headers().get("retry-after")).isEqualTo("3");
        assertThat(get(path).text()).startsWith("<!DOCTYPE html>");
        assertThat(get(path).end()).isEqualTo(End.CUT);
        assertThat(get(path).text()).doesNotContain("temperature", "rate");
    }

    private static Heard get(String path) throws IOException {
        try (RawCall call = RawCall.send(simulator, "GET", path, "")) {
            return call.readAll();
        }
    }

    private static JsonNode json(Heard heard) {
        return JsonMapper.shared().readTree(heard.bytes());
    }
}
