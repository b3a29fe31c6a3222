package dev.orrery.enrichment.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.enrichment.chart.BirthMoment.GivenDate;
import dev.orrery.enrichment.chart.BirthMoment.GivenTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BirthMomentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1990|2|29|0|0|5.5|10|20|day: 29 (expected: 1 to 28 in that month)",
                "1900|2|29|0|0|5.5|10|20|day: 29 (expected: 1 to 28 in that month)",
                "2000|4|31|0|0|5.5|10|20|day: 31 (expected: 1 to 30 in that month)",
                "2000|13|1|0|0|5.5|10|20|month: 13 (expected: 1 to 12)",
                "1799|1|1|0|0|5.5|10|20|year: 1799 (expected: 1800 to 2200)",
                "2201|1|1|0|0|5.5|10|20|year: 2201 (expected: 1800 to 2200)",
                "2000|1|1|24|0|5.5|10|20|hour: 24 (expected: 0 to 23)",
                "2000|1|1|0|60|5.5|10|20|minute: 60 (expected: 0 to 59)",
                "2000|1|1|0|0|16.25|10|20|utc offset: 16.25 (expected: -16 to 16)",
                "2000|1|1|0|0|NaN|10|20|utc offset: NaN (expected: -16 to 16)",
                "2000|1|1|0|0|5.5|90.01|20|latitude: 90.01 (expected: -90 to 90)",
                "2000|1|1|0|0|5.5|-91|20|latitude: -91 (expected: -90 to 90)",
                "2000|1|1|0|0|5.5|NaN|20|latitude: NaN (expected: -90 to 90)",
                "2000|1|1|0|0|5.5|10|180.5|longitude: 180.5 (expected: -180 to 180)",
                "2000|1|1|0|0|5.5|10|Infinity|longitude: Infinity (expected: -180 to 180)"
            })
    void namesWhatIsImpossibleAndWhatWouldBePossible(
            int year,
            int month,
            int day,
            int hour,
            int minute,
            double offset,
            double latitude,
            double longitude,
            String message) {
        assertThatExceptionOfType(ImpossibleBirth.class)
                .isThrownBy(() ->
                        BirthMoment.of(
                                new GivenDate(year, month, day),
                                new GivenTime(hour, minute),
                                offset,
                                latitude,
                                longitude))
                .withMessage(message)
                .satisfies(impossible ->
                        assertThat(message)
                                .isEqualTo(
                                        "%s: %s (expected: %s)",
                                        impossible.field(),
                                        impossible.value(),
                                        impossible.expectation()));
    }

    @Test
    void takesTheLeapDayOfALeapYear() {
        // when
        BirthMoment birth = Births.at(2000, 2, 29, 23, 59, -3.5);
        // then
        assertThat(birth.instant()).isEqualTo(Instant.parse("2000-03-01T03:29:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "5.75, 2000-06-01T06:15:00Z",
        "-9.5, 2000-06-01T21:30:00Z",
        "12.75, 2000-05-31T23:15:00Z",
        "5.3528, 2000-06-01T06:38:50Z",
        "14, 2000-05-31T22:00:00Z"
    })
    void keepsEveryPartOfTheOffset(double offset, Instant expected) {
        // when
        BirthMoment birth = Births.at(2000, 6, 1, 12, 0, offset);
        // then
        assertThat(birth.instant()).isEqualTo(expected);
        assertThat(birth.offsetHours()).isCloseTo(offset, within(0.0002));
    }

    @Test
    void tellsNothingOfABirthWhenItIsPrinted() {
        // given
        BirthMoment birth = Births.independence();
        // when
        String printed = birth + " " + Births.CALCULATOR.chart(birth);
        // then
        assertThat(printed).isEqualTo("BirthMoment[] Chart[]");
    }
}
