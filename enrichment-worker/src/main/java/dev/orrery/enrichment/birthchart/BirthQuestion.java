package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.source.Question;
import dev.orrery.enrichment.source.SourceFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Whose chart is wanted: a birth, rounded to what makes a difference, so that the same birth is the
 * same question.
 *
 * <p>Services know offsets in quarters of an hour and nothing finer. A local mean time of the past
 * is asked for as the same instant on the clock of the nearest quarter.
 *
 * @param service which one is asked: what one service calculates is not the answer of another
 * @param dashaLevels how many levels of periods are shown
 * @param local civil time, to the minute as it was told; to the second where the clock was changed
 * @param latitude degrees, north is positive, four decimals (11 m)
 * @param longitude degrees, east is positive, four decimals
 * @param zone of that clock, whole quarters of an hour ahead of UTC
 */
record BirthQuestion(
        String service,
        int dashaLevels,
        LocalDateTime local,
        BigDecimal latitude,
        BigDecimal longitude,
        ZoneOffset zone)
        implements Question {

    private static final int COORDINATE_DECIMALS = 4;
    private static final int OFFSET_DECIMALS = 2;
    private static final int SECONDS_PER_QUARTER = 900;
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    /**
     * @param birth as the profile tells of it; what was told directly wins over what the door has
     *     resolved
     * @throws SourceFailure.NotAskable when it tells not enough, or nonsense
     */
    static BirthQuestion of(JsonNode birth, String service, int dashaLevels) {
        try {
            var told =
                    LocalDateTime.of(
                            LocalDate.parse(birth.path("date").asString()),
                            LocalTime.parse(birth.path("time").asString())
                                    .truncatedTo(ChronoUnit.MINUTES));
            var offset = offset(number(birth, "utc_offset"));
            var quarter = nearestQuarter(offset);
            return new BirthQuestion(
                    service,
                    dashaLevels,
                    told.plusSeconds(quarter.getTotalSeconds() - offset.getTotalSeconds()),
                    degrees(number(birth, "latitude"), 90),
                    degrees(number(birth, "longitude"), 180),
                    quarter);
        } catch (DateTimeException | ArithmeticException | JacksonException unusable) {
            throw new SourceFailure.NotAskable("unusable_birth_details");
        }
    }

    private static JsonNode number(JsonNode birth, String name) {
        var resolved = birth.path("resolved").path(name);
        return birth.hasNonNull(name) || resolved.isMissingNode() ? birth.path(name) : resolved;
    }

    private static BigDecimal degrees(JsonNode node, int greatest) {
        return bounded(node, greatest).setScale(COORDINATE_DECIMALS, RoundingMode.HALF_UP);
    }

    private static ZoneOffset offset(JsonNode node) {
        var hours = bounded(node, ZoneOffset.MAX.getTotalSeconds() / 3600);
        return ZoneOffset.ofTotalSeconds(
                hours.multiply(SECONDS_PER_HOUR).setScale(0, RoundingMode.HALF_UP).intValueExact());
    }

    private static ZoneOffset nearestQuarter(ZoneOffset offset) {
        long quarters = Math.round((double) offset.getTotalSeconds() / SECONDS_PER_QUARTER);
        return ZoneOffset.ofTotalSeconds((int) quarters * SECONDS_PER_QUARTER);
    }

    private static BigDecimal bounded(JsonNode node, int greatest) {
        if (!node.isNumber()
                || node.decimalValue().abs().compareTo(BigDecimal.valueOf(greatest)) > 0) {
            throw new ArithmeticException("not a number within bounds");
        }
        return node.decimalValue();
    }

    /** Hours ahead of UTC, two decimals: quarters exist. */
    BigDecimal utcOffset() {
        return BigDecimal.valueOf(zone.getTotalSeconds())
                .divide(SECONDS_PER_HOUR, OFFSET_DECIMALS, RoundingMode.UNNECESSARY);
    }

    @Override
    public String canonical() {
        return String.join("|", service, "lahiri", "dashas=" + dashaLevels, subject());
    }

    @Override
    public String subject() {
        return String.join(
                "|",
                local.toLocalDate().toString(),
                local.toLocalTime().toString(),
                latitude.toPlainString(),
                longitude.toPlainString(),
                utcOffset().toPlainString());
    }

    /** Nothing: a birth is personal data. */
    @Override
    public String toString() {
        return "BirthQuestion[]";
    }
}
