package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.BirthMoment;
import dev.orrery.enrichment.chart.BirthMoment.GivenDate;
import dev.orrery.enrichment.chart.BirthMoment.GivenTime;
import dev.orrery.enrichment.chart.ImpossibleBirth;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a client of AstrologyAPI.com asks. Numbers may be written as text, as the service allows it.
 *
 * @param at for which moment the running periods are asked; empty for now
 */
public record AstrologyRequest(BirthMoment birth, Optional<Instant> at) {

    private static final double QUARTERS_AN_HOUR = 4;

    private static final Instant FIRST_MOMENT = Instant.parse("1800-01-01T00:00:00Z");

    private static final Instant LAST_MOMENT = Instant.parse("2400-01-01T00:00:00Z");

    /**
     * @param body {@code day}, {@code month}, {@code year}, {@code hour}, {@code min}, {@code lat},
     *     {@code lon}, {@code tzone}, and perhaps {@code at}, an ISO instant
     * @throws ImpossibleBirth when a field is missing, no number or out of range
     */
    public static AstrologyRequest of(JsonNode body) {
        BirthMoment birth =
                BirthMoment.of(
                        new GivenDate(
                                whole(body, "year"), whole(body, "month"), whole(body, "day")),
                        new GivenTime(whole(body, "hour"), whole(body, "min")),
                        zone(body),
                        number(body, "lat"),
                        number(body, "lon"));
        return new AstrologyRequest(birth, at(body));
    }

    private static double zone(JsonNode body) {
        double hours = number(body, "tzone");
        boolean quarters = hours * QUARTERS_AN_HOUR == Math.rint(hours * QUARTERS_AN_HOUR);
        if (!(hours >= -12 && hours <= 14 && quarters)) {
            throw new ImpossibleBirth("tzone", hours, "-12 to 14 in steps of 0.25");
        }
        return hours;
    }

    private static Optional<Instant> at(JsonNode body) {
        JsonNode at = body.path("at");
        if (at.isMissingNode() || at.isNull()) {
            return Optional.empty();
        }
        try {
            Instant instant = Instant.parse(at.asString());
            if (!instant.isBefore(FIRST_MOMENT) && instant.isBefore(LAST_MOMENT)) {
                return Optional.of(instant);
            }
        } catch (DateTimeException noInstant) {
            // Answered below, like one out of range.
        }
        throw new ImpossibleBirth(
                "at", at.asString(), "an instant like 2026-01-31T12:00:00Z, of 1800 to 2399");
    }

    private static int whole(JsonNode body, String field) {
        double number = number(body, field);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new ImpossibleBirth(field, number, "a whole number");
        }
        return (int) number;
    }

    private static double number(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (!value.isString()) {
            throw new ImpossibleBirth(field, value.isMissingNode() ? "absent" : value, "a number");
        }
        try {
            return Double.parseDouble(value.stringValue().strip());
        } catch (NumberFormatException noNumber) {
            throw new ImpossibleBirth(field, value.stringValue(), "a number");
        }
    }
}
