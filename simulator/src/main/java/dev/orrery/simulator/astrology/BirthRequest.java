package dev.orrery.simulator.astrology;

import dev.orrery.simulator.astrology.chart.Birth;
import dev.orrery.simulator.call.Received;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a birth from a body of JSON or of form fields. Numbers may be given as text. */
final class BirthRequest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, String> fields;

    private BirthRequest(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * Throws {@link ImpossibleInput} for anything that is no birth. What the body looks like
     * decides, because clients do not always say.
     */
    static Birth read(Received received) {
        String text = received.text().strip();
        boolean json = text.startsWith("{") || text.startsWith("[");
        return new BirthRequest(json ? json(text) : form(text)).birth();
    }

    private Birth birth() {
        double zone = number("tzone", -12, 14);
        if (zone * 4 != Math.rint(zone * 4)) {
            throw new ImpossibleInput("tzone must be in quarters of an hour");
        }
        return new Birth(local(), number("lat", -90, 90), number("lon", -180, 180), zone);
    }

    private LocalDateTime local() {
        try {
            return LocalDateTime.of(
                    whole("year", 1800, 2200),
                    whole("month", 1, 12),
                    whole("day", 1, 31),
                    whole("hour", 0, 23),
                    whole("min", 0, 59));
        } catch (DateTimeException notInCalendar) {
            throw new ImpossibleInput("day is not in that month");
        }
    }

    private int whole(String name, int from, int to) {
        double number = number(name, from, to);
        if (number != Math.rint(number)) {
            throw new ImpossibleInput(name + " must be a whole number");
        }
        return (int) number;
    }

    private double number(String name, double from, double to) {
        String text = fields.get(name);
        if (text == null) {
            throw new ImpossibleInput(name + " is required");
        }
        double number = parsed(name, text);
        if (!(number >= from && number <= to)) {
            throw new ImpossibleInput(name + " must be between " + from + " and " + to);
        }
        return number;
    }

    private static double parsed(String name, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException noNumber) {
            throw new ImpossibleInput(name + " must be a number");
        }
    }

    private static Map<String, String> json(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root != null && root.isObject()) {
                Map<String, String> fields = new HashMap<>();
                for (Map.Entry<String, JsonNode> each : root.properties()) {
                    if (each.getValue().isNumber() || each.getValue().isString()) {
                        fields.put(each.getKey(), each.getValue().asString());
                    }
                }
                return fields;
            }
        } catch (JacksonException notJson) {
            // Said below; Jackson's own message would repeat birth data.
        }
        throw new ImpossibleInput("the body is not a JSON object");
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new ImpossibleInput("the form cannot be decoded");
        }
    }
}
