package dev.orrery.enrichment.chart;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * When and where someone was born; Gregorian calendar. Personal data: never to be logged.
 *
 * @param local civil time at the place
 * @param offset of that time from UT at that date, summer time included; seconds are kept, because
 *     local mean times of the past have them
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @throws ImpossibleBirth when a value is out of its range
 */
public record BirthMoment(
        LocalDateTime local, ZoneOffset offset, double latitude, double longitude) {

    private static final int FIRST_YEAR = 1800;

    private static final int LAST_YEAR = 2200;

    /** Local mean times went as far before the date line was where it is: Manila, Sitka. */
    private static final double LARGEST_OFFSET_HOURS = 16;

    private static final int SECONDS_AN_HOUR = 3600;

    public BirthMoment {
        within("year", local.getYear(), FIRST_YEAR, LAST_YEAR);
        within("latitude", latitude, -90, 90);
        within("longitude", longitude, -180, 180);
        within("utc offset", hours(offset), -LARGEST_OFFSET_HOURS, LARGEST_OFFSET_HOURS);
    }

    /**
     * @param date year, month and day as they were given, perhaps of no calendar
     * @param offsetHours as a decimal number: 5.75 is a quarter to six
     */
    public static BirthMoment of(
            GivenDate date, GivenTime time, double offsetHours, double latitude, double longitude) {
        within("utc offset", offsetHours, -LARGEST_OFFSET_HOURS, LARGEST_OFFSET_HOURS);
        int seconds = (int) Math.round(offsetHours * SECONDS_AN_HOUR);
        return new BirthMoment(
                LocalDateTime.of(date.toDate(), time.toTime()),
                ZoneOffset.ofTotalSeconds(seconds),
                latitude,
                longitude);
    }

    /** A date that may not exist. */
    public record GivenDate(int year, int month, int day) {

        LocalDate toDate() {
            within("year", year, FIRST_YEAR, LAST_YEAR);
            within("month", month, 1, 12);
            try {
                return LocalDate.of(year, month, day);
            } catch (DateTimeException notInCalendar) {
                int last = LocalDate.of(year, month, 1).lengthOfMonth();
                throw new ImpossibleBirth("day", day, "1 to " + last + " in that month");
            }
        }
    }

    /** A time that may not exist. */
    public record GivenTime(int hour, int minute) {

        LocalTime toTime() {
            within("hour", hour, 0, 23);
            within("minute", minute, 0, 59);
            return LocalTime.of(hour, minute);
        }
    }

    public Instant instant() {
        return local.toInstant(offset);
    }

    /** The offset as a decimal number of hours. */
    public double offsetHours() {
        return hours(offset);
    }

    /** Nothing: a birth is personal data. */
    @Override
    public String toString() {
        return "BirthMoment[]";
    }

    private static double hours(ZoneOffset offset) {
        return (double) offset.getTotalSeconds() / SECONDS_AN_HOUR;
    }

    private static void within(String field, double value, double least, double most) {
        // Written so that NaN fails.
        if (!(value >= least && value <= most)) {
            throw new ImpossibleBirth(field, plain(value), plain(least) + " to " + plain(most));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE
                ? Integer.toString((int) value)
                : Double.toString(value);
    }
}
