package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.profiles.Profile;
import dev.orrery.enrichment.source.Question;
import dev.orrery.enrichment.source.SourceFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;

/**
 * Whose chart is wanted: a birth, rounded to what makes a difference, so that the same birth is the
 * same question.
 *
 * @param service host of the service: what one service calculates is not the answer of another
 * @param dashaLevels how many levels of periods are shown
 * @param time to the minute, civil time of the place
 * @param latitude degrees, north is positive, four decimals (11 m)
 * @param longitude degrees, east is positive, four decimals
 * @param utcOffset hours ahead of UTC, two decimals: quarters exist
 */
record BirthQuestion(
        String service,
        int dashaLevels,
        LocalDate date,
        LocalTime time,
        BigDecimal latitude,
        BigDecimal longitude,
        BigDecimal utcOffset)
        implements Question {

    private static final int COORDINATE_DECIMALS = 4;
    private static final int OFFSET_DECIMALS = 2;
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    /**
     * @throws SourceFailure.NotAskable when the profile tells of no birth, or not enough of it
     */
    static BirthQuestion of(Profile profile, String service, int dashaLevels) {
        var birth = profile.document().path("birth");
        if (!birth.isObject()) {
            throw new SourceFailure.NotAskable("no_birth_details");
        }
        if (birth.hasNonNull("place") && !isLocated(birth)) {
            throw new SourceFailure.NotAskable("place_not_resolved");
        }
        try {
            return new BirthQuestion(
                    service,
                    dashaLevels,
                    LocalDate.parse(birth.path("date").asString()),
                    LocalTime.parse(birth.path("time").asString()).truncatedTo(ChronoUnit.MINUTES),
                    degrees(birth.path("latitude"), 90),
                    degrees(birth.path("longitude"), 180),
                    offset(birth.path("utc_offset")));
        } catch (DateTimeException | ArithmeticException unusable) {
            throw new SourceFailure.NotAskable("unusable_birth_details");
        }
    }

    private static boolean isLocated(JsonNode birth) {
        return birth.hasNonNull("latitude")
                && birth.hasNonNull("longitude")
                && birth.hasNonNull("utc_offset");
    }

    private static BigDecimal degrees(JsonNode node, int greatest) {
        return bounded(node, greatest).setScale(COORDINATE_DECIMALS, RoundingMode.HALF_UP);
    }

    private static BigDecimal offset(JsonNode node) {
        return bounded(node, ZoneOffset.MAX.getTotalSeconds() / 3600)
                .setScale(OFFSET_DECIMALS, RoundingMode.HALF_UP);
    }

    private static BigDecimal bounded(JsonNode node, int greatest) {
        if (!node.isNumber()
                || node.decimalValue().abs().compareTo(BigDecimal.valueOf(greatest)) > 0) {
            throw new ArithmeticException("not a number within bounds");
        }
        return node.decimalValue();
    }

    /** The zone in which the service counts the times of this birth. */
    ZoneOffset zone() {
        return ZoneOffset.ofTotalSeconds(utcOffset.multiply(SECONDS_PER_HOUR).intValue());
    }

    @Override
    public String canonical() {
        return String.join(
                "|",
                service,
                "lahiri",
                "dashas=" + dashaLevels,
                date.toString(),
                time.toString(),
                latitude.toPlainString(),
                longitude.toPlainString(),
                utcOffset.toPlainString());
    }

    /** Nothing: a birth is personal data. */
    @Override
    public String toString() {
        return "BirthQuestion[]";
    }
}
