package dev.orrery.enrichment.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.source.SourceFailure;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The four steps, to the letter. */
class NormalWeatherTest {

    private static final Instant NOW = Instant.parse("2026-07-16T05:07:00Z");

    private static final WeatherQuestion BENGALURU =
            new WeatherQuestion("sky.example", new BigDecimal("12.97"), new BigDecimal("77.59"));

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final String ANSWER =
            """
            {"latitude": 12.97, "longitude": 77.59, "generationtime_ms": 0.05, "utc_offset_seconds": 19800,
             "timezone": "Asia/Kolkata", "timezone_abbreviation": "IST", "elevation": 910.0,
             "current_units": {"time": "iso8601", "interval": "seconds", "temperature_2m": "°C",
                               "weather_code": "wmo code", "wind_speed_10m": "km/h"},
             "current": {"time": "2026-07-16T10:30", "interval": 900, "temperature_2m": 25.4, "weather_code": 2,
                         "wind_speed_10m": 9.7}}
            """;

    @Test
    void readsTheObservationAndHowLongItIsFresh() {
        // when
        var weather = weather(ANSWER);

        // then
        assertThat(weather.sky()).isEqualTo(Sky.PARTLY_CLOUDY);
        assertThat(weather.celsius()).isEqualTo("25.4");
        assertThat(weather.windKilometresAnHour()).isEqualTo("9.7");
        assertThat(weather.observedAt()).hasToString("2026-07-16T10:30+05:30");
        assertThat(weather.freshUntil()).isEqualTo(Instant.parse("2026-07-16T05:15:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"km/h, 9.7", "m/s, 34.9", "mp/h, 15.6", "kn, 18.0"})
    void readsWindInTheUnitThatIsStated(String unit, String kilometresAnHour) {
        // when
        var weather = weather(ANSWER.replace("\"km/h\"", "\"" + unit + "\""));

        // then
        assertThat(weather.windKilometresAnHour()).isEqualTo(kilometresAnHour);
    }

    @Test
    void readsDegreesFahrenheit() {
        // when
        var weather = weather(ANSWER.replace("°C", "°F").replace("25.4", "77.7"));

        // then
        assertThat(weather.celsius()).isEqualTo("25.4");
    }

    @Test
    void callsACodeThatIsNotKnownUnknown() {
        // when
        var weather = weather(ANSWER.replace("\"weather_code\": 2", "\"weather_code\": 42"));

        // then
        assertThat(weather.sky()).isEqualTo(Sky.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // kelvin and degrees Fahrenheit that are called degrees Celsius
                "25.4                | 298.6               | current.temperature_2m",
                "25.4                | 77.7                | current.temperature_2m",
                "25.4                | \"25.4\"            | current.temperature_2m",
                "25.4                | 1e999               | current.temperature_2m",
                "25.4                | 1e-600000000        | current.temperature_2m",
                "25.4                | 0e-600000000        | current.temperature_2m",
                "9.7                 | 0e600000000         | current.wind_speed_10m",
                // another place
                "12.97               | 28.61               | latitude",
                "77.59               | -77.59              | latitude",
                "12.97               | null                | latitude",
                "°C                  | K                   | current_units.temperature_2m",
                "9.7                 | -1                  | current.wind_speed_10m",
                "9.7                 | 900                 | current.wind_speed_10m",
                "km/h                | furlongs            | current_units.wind_speed_10m",
                "2026-07-16T10:30    | 2026-07-16T05:00    | current.time",
                "2026-07-16T10:30    | 2026-07-15T10:30    | current.time",
                "2026-07-16T10:30    | today               | current.time",
                "19800               | 99999               | utc_offset_seconds",
                "900                 | 0                   | current.interval",
                "900                 | 999999              | current.interval",
                "\"weather_code\": 2 | \"weather_code\": 2.5 | current.weather_code"
            })
    void refusesALieAndSaysWhere(String said, String lie, String path) {
        // given
        var answer = ANSWER.replace(said, lie);

        // when
        Runnable normalise = () -> weather(answer);

        // then
        assertThatThrownBy(normalise::run)
                .isInstanceOf(SourceFailure.InvalidAnswer.class)
                .hasMessageStartingWith("Invalid weather response: " + path + " (expected:");
    }

    @Test
    void isWrittenInThreeFormats() {
        // given
        var report = WeatherReport.of(weather(ANSWER), NOW);

        // then
        assertThat(WeatherText.markdown(report))
                .isEqualTo(
                        """

                        ### Weather

                        **Observed**: 2026-07-16 10:30 (UTC+05:30)
                        **Sky**: partly cloudy
                        **Temperature**: 25.4 °C
                        **Wind**: 9.7 km/h

                        **Summary**: Partly cloudy, 25.4 °C, wind 9.7 km/h at 10:30 local time.
                        """);
        assertThat(WeatherText.json(report))
                .isEqualTo(
                        "{\"observed_at\":\"2026-07-16T10:30+05:30\",\"sky\":\"partly cloudy\","
                                + "\"temperature_celsius\":25.4,\"wind_km_per_hour\":9.7,"
                                + "\"summary\":\"Partly cloudy, 25.4 °C, wind 9.7 km/h at 10:30 local time.\"}");
        assertThat(WeatherText.xml(report))
                .isEqualTo(
                        "<weather observed_at=\"2026-07-16T10:30+05:30\" sky=\"partly cloudy\""
                                + " temperature_celsius=\"25.4\" wind_km_per_hour=\"9.7\"><summary>"
                                + "Partly cloudy, 25.4 °C, wind 9.7 km/h at 10:30 local time."
                                + "</summary></weather>");
    }

    @Test
    void saysHowOldAnObservationIsThatIsNotRecent() {
        // when
        var report = WeatherReport.of(weather(ANSWER), NOW.plusSeconds(3_600));

        // then
        assertThat(report.summary()).endsWith("at 10:30 local time, 67 minutes ago.");
    }

    @ParameterizedTest
    @CsvSource({
        "12.97, 77.59, 13.35, 77.2", // the nearest point of a grid
        "-16.8, 179.99, -16.75, -179.88", // beyond the date line
        "89.9, 0, 90, 45" // where all meridians meet
    })
    void takesTheNearestPointOfTheServicesGrid(
            String latitude, String longitude, String gridLatitude, String gridLongitude) {
        // given
        var question =
                new WeatherQuestion(
                        "sky.example", new BigDecimal(latitude), new BigDecimal(longitude));
        var answer =
                JSON.readTree(
                        ANSWER.replace("12.97", gridLatitude).replace("77.59", gridLongitude));

        // when
        var weather = NormalWeather.of(answer, question, NOW);

        // then
        assertThat(weather.celsius()).isEqualTo("25.4");
    }

    private static Weather weather(String answer) {
        JsonNode json = JSON.readTree(answer);
        WeatherShape.require(json);
        return NormalWeather.of(json, BENGALURU, NOW);
    }
}
