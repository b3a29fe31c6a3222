package dev.orrery.enrichment.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.enrichment.ephemeris.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules by which a chart is read. */
class TraditionTest {

    private static final double J2000 = 2451545;

    @ParameterizedTest
    @CsvSource({
        "1900, 22.460511", "1950, 23.158725", "2000, 23.857092",
        "2026, 24.220304", "2050, 24.555613", "2100, 25.254287"
    })
    void movesTheZodiacByTheAyanamsaOfLahiri(int year, double degrees) {
        // given
        Moment moment = Moment.ofTerrestrial(J2000 + (year - 2000) * 365.25);
        // when
        double ayanamsa = Lahiri.ayanamsa(moment);
        // then
        assertThat(ayanamsa).isCloseTo(degrees, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        // Sun, Moon, tithi, karana, yoga
        "10, 10, 1, 1, 2",
        "10, 21.9, 1, 2, 3",
        "10, 22.1, 2, 3, 3",
        "0, 179.9, 15, 30, 14",
        "0, 180.1, 16, 31, 14",
        "350, 349.9, 30, 60, 26",
        "350, 5, 2, 3, 27"
    })
    void countsTheLunarDay(double sun, double moon, int tithi, int karana, int yoga) {
        // when
        Panchang panchang = Panchang.of(new ZodiacPoint(sun), new ZodiacPoint(moon));
        // then
        assertThat(panchang).isEqualTo(new Panchang(tithi, karana, yoga));
        assertThat(panchang.waxing()).isEqualTo(tithi <= 15);
    }

    @Test
    void burdensAMarriageFromSixHousesOfTheAscendant() {
        for (int house = 1; house <= 12; house++) {
            // given: Moon and Venus in the third before Mars, from which nothing follows
            Sign mars = Sign.LEO;
            Sign ascendant = mars.plus(1 - house);
            Sign third = mars.plus(-2);
            // when
            Manglik manglik = Manglik.of(mars, ascendant, third, third);
            // then
            boolean expected =
                    switch (house) {
                        case 1, 2, 4, 7, 8, 12 -> true;
                        default -> false;
                    };
            assertThat(manglik.status())
                    .as("house %d", house)
                    .isEqualTo(expected ? Manglik.Status.PRESENT : Manglik.Status.ABSENT);
        }
    }

    @Test
    void burdensAMarriagePartlyFromMoonOrVenusAlone() {
        // when: Mars in the third from the ascendant, the first from the Moon
        Manglik manglik = Manglik.of(Sign.LEO, Sign.GEMINI, Sign.LEO, Sign.GEMINI);
        // then
        assertThat(manglik).isEqualTo(new Manglik(false, true, false));
        assertThat(manglik.status()).isEqualTo(Manglik.Status.PARTIAL);
    }

    @ParameterizedTest
    @CsvSource({
        "MOON, false, 12, true", "MOON, false, 12.1, false", "MARS, false, 17, true",
        "MERCURY, false, 13.9, true", "MERCURY, true, 13.9, false", "JUPITER, true, 11.1, false",
        "VENUS, false, 9.9, true", "VENUS, true, 9.9, false", "SATURN, false, 15, true",
        "SUN, false, 0, false", "RAHU, true, 0, false", "KETU, true, 0, false"
    })
    void losesGrahasInTheLightOfTheSun(
            Graha graha, boolean retrograde, double degrees, boolean expected) {
        // when
        boolean combust = Combustion.holds(graha, retrograde, degrees);
        // then
        assertThat(combust).isEqualTo(expected);
    }

    @Test
    void givesTheYearsOfALife() {
        // when
        int years = Graha.PERIOD_ORDER.stream().mapToInt(Graha::years).sum();
        // then
        assertThat(years).isEqualTo(Period.CYCLE_YEARS);
        assertThat(Graha.PERIOD_ORDER).containsExactlyInAnyOrder(Graha.values());
    }

    @Test
    void rulesNakshatrasInTheOrderOfThePeriods() {
        assertThat(Nakshatra.ASHWINI.lord()).isEqualTo(Graha.KETU);
        assertThat(Nakshatra.PUSHYA.lord()).isEqualTo(Graha.SATURN);
        assertThat(Nakshatra.MULA.lord()).isEqualTo(Graha.KETU);
        assertThat(Nakshatra.REVATI.lord()).isEqualTo(Graha.MERCURY);
    }
}
