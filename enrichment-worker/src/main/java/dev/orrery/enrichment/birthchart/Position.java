package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.Nakshatra;
import dev.orrery.enrichment.chart.Sign;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where a body stood. Everything else that is said of it follows from these values.
 *
 * @param degree sidereal longitude, 0 to below 360
 * @param house 1 to 12
 * @param retrograde whether it moved backwards
 */
record Position(Graha graha, double degree, int house, boolean retrograde) {

    /** Rounding must not carry a body to degree 30, which is the next sign. */
    private static final BigDecimal LAST_OF_A_SIGN = new BigDecimal("29.99");

    Position {
        if (!(degree >= 0 && degree < 360)) {
            throw new IllegalArgumentException("degree: " + degree + " (expected: 0 to below 360)");
        }
        if (house < 1 || house > 12) {
            throw new IllegalArgumentException("house: " + house + " (expected: 1 to 12)");
        }
    }

    Sign sign() {
        return Sign.atDegree(degree);
    }

    /** Degrees within the sign, two decimals, 0.00 to 29.99. */
    BigDecimal degreeInSign() {
        return BigDecimal.valueOf(degree)
                .subtract(BigDecimal.valueOf((long) sign().ordinal() * Sign.DEGREES))
                .setScale(2, RoundingMode.HALF_UP)
                .min(LAST_OF_A_SIGN);
    }

    Nakshatra nakshatra() {
        return Nakshatra.atDegree(degree);
    }

    /** Quarter of the nakshatra, 1 to 4. */
    int pada() {
        return Nakshatra.padaAtDegree(degree);
    }
}
