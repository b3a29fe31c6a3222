package dev.orrery.enrichment.weather;

import dev.orrery.enrichment.source.Field;
import dev.orrery.enrichment.source.SourceFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import tools.jackson.databind.JsonNode;

/**
 * The second step: the service's words become ours. Units are those that the answer states; a value
 * that no weather has ever had tells of a unit that is not the stated one.
 */
final class NormalWeather {

    private static final BigDecimal MOST = BigDecimal.valueOf(10_000);
    private static final BigDecimal COLDEST = BigDecimal.valueOf(-95);
    private static final BigDecimal HOTTEST = BigDecimal.valueOf(65);
    private static final BigDecimal STRONGEST = BigDecimal.valueOf(450);

    /** The coarsest grid that weather is computed on for the whole Earth has one of a degree. */
    private static final double MOST_DEGREES_AWAY = 1;

    private static final int LONGEST_OFFSET = 18 * 3_600;
    private static final int LONGEST_INTERVAL = 6 * 3_600;

    /** How far our clock and the service's may differ, and how old an observation may be. */
    private static final Duration MOST_APART = Duration.ofHours(2);

    private NormalWeather() {}

    /**
     * @param answer of the shape that {@link WeatherShape} requires
     * @throws SourceFailure.InvalidAnswer naming the first field whose value cannot be
     */
    static Weather of(JsonNode answer, WeatherQuestion question, Instant now) {
        var root = WeatherShape.root(answer);
        requireNearby(root, question);
        var current = root.at("current");
        var units = root.at("current_units");
        var observedAt = observedAt(root, now);
        var interval = current.at("interval").wholeNumber(1, LONGEST_INTERVAL);
        return new Weather(
                Sky.ofCode(current.at("weather_code").wholeNumber(0, 99)),
                celsius(current.at("temperature_2m"), units.at("temperature_2m")),
                kilometresAnHour(current.at("wind_speed_10m"), units.at("wind_speed_10m")),
                observedAt,
                observedAt.toInstant().plusSeconds(interval));
    }

    /**
     * The service answers for the nearest point of its grid and says which one that is. Degrees of
     * longitude are as short as the parallel is.
     */
    private static void requireNearby(Field root, WeatherQuestion question) {
        double latitude = question.latitude().doubleValue();
        double north = root.at("latitude").number() - latitude;
        double east =
                Math.IEEEremainder(
                                root.at("longitude").number() - question.longitude().doubleValue(),
                                360)
                        * Math.cos(Math.toRadians(latitude));
        if (!(Math.abs(north) <= MOST_DEGREES_AWAY && Math.abs(east) <= MOST_DEGREES_AWAY)) {
            throw root.at("latitude").invalid("the weather of the place that was asked about");
        }
    }

    /** The service writes local times without their offset. */
    private static OffsetDateTime observedAt(Field root, Instant now) {
        var field = root.at("current").at("time");
        int offset = root.at("utc_offset_seconds").wholeNumber(-LONGEST_OFFSET, LONGEST_OFFSET);
        try {
            var time =
                    LocalDateTime.parse(field.text()).atOffset(ZoneOffset.ofTotalSeconds(offset));
            if (Duration.between(time.toInstant(), now).abs().compareTo(MOST_APART) <= 0) {
                return time;
            }
        } catch (DateTimeException noTime) {
            // answered below, like one that is not now
        }
        throw field.invalid("a local time within " + MOST_APART.toHours() + " hours of now");
    }

    private static BigDecimal celsius(Field value, Field unit) {
        var number = value.decimal(MOST.negate(), MOST);
        var celsius =
                switch (unit.text()) {
                    case "°C" -> number;
                    case "°F" ->
                            number.subtract(BigDecimal.valueOf(32))
                                    .multiply(BigDecimal.valueOf(5))
                                    .divide(BigDecimal.valueOf(9), 4, RoundingMode.HALF_UP);
                    default -> throw unit.invalid("°C or °F");
                };
        return within(value, celsius, COLDEST, HOTTEST);
    }

    private static BigDecimal kilometresAnHour(Field value, Field unit) {
        var number = value.decimal(BigDecimal.ZERO, MOST);
        var factor =
                switch (unit.text()) {
                    case "km/h" -> "1";
                    case "m/s" -> "3.6";
                    case "mp/h", "mph" -> "1.609344";
                    case "kn" -> "1.852";
                    default -> throw unit.invalid("km/h, m/s, mp/h or kn");
                };
        return within(value, number.multiply(new BigDecimal(factor)), BigDecimal.ZERO, STRONGEST);
    }

    private static BigDecimal within(
            Field field, BigDecimal value, BigDecimal least, BigDecimal greatest) {
        if (value.compareTo(least) < 0 || value.compareTo(greatest) > 0) {
            throw field.invalid("weather as it can be, in the unit that is stated");
        }
        return value.setScale(1, RoundingMode.HALF_UP);
    }
}
