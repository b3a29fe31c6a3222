package dev.orrery.simulator.weather;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer of {@code /forecast} for the current weather. The service knows real time zones; here
 * a place keeps the hour that its longitude gives it.
 */
final class Forecast {

    static final List<String> VARIABLES =
            List.of("temperature_2m", "weather_code", "wind_speed_10m");

    private static final int INTERVAL_SECONDS = 900;

    private static final double DEGREES_AN_HOUR = 15;

    /** Side of a cell of the grid that the service interpolates on, in degrees. */
    private static final double GRID = 0.0625;

    private Forecast() {}

    static ObjectNode of(ForecastRequest request, Instant now) {
        long offset =
                request.local() ? 3_600 * Math.round(request.longitude() / DEGREES_AN_HOUR) : 0;
        Instant observed =
                Instant.ofEpochSecond(now.getEpochSecond() / INTERVAL_SECONDS * INTERVAL_SECONDS);
        ZoneOffset zone = ZoneOffset.ofTotalSeconds((int) offset);
        ObjectNode answer =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("latitude", onGrid(request.latitude()))
                        .put("longitude", onGrid(request.longitude()))
                        .put("generationtime_ms", 0.05)
                        .put("utc_offset_seconds", offset)
                        .put("timezone", offset == 0 ? "GMT" : zone.getId())
                        .put("timezone_abbreviation", offset == 0 ? "GMT" : "GMT" + zone.getId())
                        .put("elevation", 10.0);
        ObjectNode units =
                answer.putObject("current_units").put("time", "iso8601").put("interval", "seconds");
        ObjectNode current =
                answer.putObject("current")
                        .put("time", LocalDateTime.ofInstant(observed, zone).toString())
                        .put("interval", INTERVAL_SECONDS);
        Climate climate = Climate.at(request.latitude(), request.longitude(), observed);
        request.variables().forEach(variable -> tell(variable, request, climate, units, current));
        return answer;
    }

    private static void tell(
            String variable,
            ForecastRequest request,
            Climate climate,
            ObjectNode units,
            ObjectNode current) {
        switch (variable) {
            case "temperature_2m" -> {
                units.put(variable, request.temperature().symbol());
                current.put(variable, tenths(request.temperature().of(climate.celsius())));
            }
            case "wind_speed_10m" -> {
                units.put(variable, request.wind().symbol());
                current.put(variable, tenths(request.wind().of(climate.kilometresAnHour())));
            }
            default -> {
                units.put(variable, "wmo code");
                current.put(variable, climate.code());
            }
        }
    }

    private static double tenths(double value) {
        return Math.rint(value * 10) / 10;
    }

    private static double onGrid(double degrees) {
        return Math.rint(degrees / GRID) * GRID;
    }
}
