package dev.orrery.enrichment.weather;

import dev.orrery.enrichment.source.Field;
import dev.orrery.enrichment.source.SourceFailure;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The first step: whether everything is there, and is of its kind. */
final class WeatherShape {

    private static final List<String> MEASURED = List.of("temperature_2m", "wind_speed_10m");

    private WeatherShape() {}

    static Field root(JsonNode answer) {
        return Field.root(answer, "Invalid weather response");
    }

    /**
     * @throws SourceFailure.InvalidAnswer naming the first field that is missing or of a wrong kind
     */
    static void require(JsonNode answer) {
        var root = root(answer).object();
        if (root.at("error").isPresent() && root.at("error").flag()) {
            throw root.at("error").invalid("an observation");
        }
        root.at("latitude").number();
        root.at("longitude").number();
        root.at("utc_offset_seconds").number();
        var current = root.at("current").object();
        current.at("time").text();
        current.at("interval").number();
        current.at("weather_code").number();
        for (var name : MEASURED) {
            current.at(name).number();
            root.at("current_units").at(name).text();
        }
    }
}
