package dev.orrery.enrichment.weather;

import dev.orrery.enrichment.source.Question;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.profiles.Profile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/**
 * Where the weather is wanted: where the user is now. Where they were born says nothing about that.
 *
 * @param service which one is asked
 * @param latitude degrees, north is positive, two decimals (1 km), so that neighbours share it
 * @param longitude degrees, east is positive, two decimals
 */
record WeatherQuestion(String service, BigDecimal latitude, BigDecimal longitude)
        implements Question {

    /** What is asked about. */
    static final String FIELDS = "temperature_2m,weather_code,wind_speed_10m";

    private static final int DECIMALS = 2;
    private static final String LATITUDE = "latitude";
    private static final String LONGITUDE = "longitude";

    /**
     * @throws SourceFailure.NotAskable when the profile does not tell where the user is
     */
    static WeatherQuestion of(Profile profile, String service) {
        var place = profile.document().path("place");
        if (!place.isObject()) {
            throw new SourceFailure.NotAskable("no_place");
        }
        return new WeatherQuestion(
                service, degrees(place, LATITUDE, 90), degrees(place, LONGITUDE, 180));
    }

    /**
     * As {@link #of(Profile, String)}, or of a place that is told in degrees.
     *
     * @throws dev.orrery.pipeline.http.Problem when those are none, or just one of them is there
     */
    static WeatherQuestion of(Profile profile, String service, Fields told) {
        told.allowing(LATITUDE, LONGITUDE);
        return told.isEmpty()
                ? of(profile, service)
                : new WeatherQuestion(
                        service, degrees(told, LATITUDE, 90), degrees(told, LONGITUDE, 180));
    }

    private static BigDecimal degrees(Fields told, String name, int greatest) {
        return rounded(BigDecimal.valueOf(told.number(name, -greatest, greatest)));
    }

    /** What was told directly wins over what the door resolved. */
    private static BigDecimal degrees(JsonNode place, String name, int greatest) {
        var told = place.hasNonNull(name) ? place.path(name) : place.path("resolved").path(name);
        if (!told.isNumber()
                || told.decimalValue().abs().compareTo(BigDecimal.valueOf(greatest)) > 0) {
            throw new SourceFailure.NotAskable("place_not_resolved");
        }
        return rounded(told.decimalValue());
    }

    private static BigDecimal rounded(BigDecimal degrees) {
        return degrees.setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    @Override
    public String canonical() {
        return String.join(
                "|", service, FIELDS, latitude.toPlainString(), longitude.toPlainString());
    }

    /** Everybody in that square kilometre asks it, or in that city where its name was told. */
    @Override
    public boolean isPersonal() {
        return false;
    }

    /** Nothing: where somebody is is personal data. */
    @Override
    public String toString() {
        return "WeatherQuestion[]";
    }
}
