package dev.orrery.enrichment.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZodiacPointTest {

    @Test
    void beginsEverySignAndNakshatraOnItsBorder() {
        for (int pada = 0; pada < 108; pada++) {
            // given: the first double that is not before the border
            double border = pada * 10 / 3.0;
            ZodiacPoint point =
                    new ZodiacPoint(border * 108 / 360 < pada ? Math.nextUp(border) : border);
            // then
            assertThat(point.sign().ordinal()).as("sign of pada %d", pada).isEqualTo(pada / 9);
            assertThat(point.nakshatra().ordinal())
                    .as("nakshatra of pada %d", pada)
                    .isEqualTo(pada / 4);
            assertThat(point.pada()).isEqualTo(pada % 4 + 1);
            assertThat(point.passedOfNakshatra()).isBetween(0.0, 1.0);
        }
    }

    /**
     * The old rule: movable signs count from themselves, fixed from the ninth, dual from the fifth.
     */
    @Test
    void mapsTheNinthPartsAsTraditionCountsThem() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 10_000; i++) {
            // given
            ZodiacPoint point = new ZodiacPoint(random.nextDouble(360));
            int ninth = (int) (point.degreesInSign() * 9 / 30);
            int from =
                    switch (point.sign().ordinal() % 3) {
                        case 0 -> 0;
                        case 1 -> 8;
                        default -> 4;
                    };
            // then
            assertThat(point.navamsa()).isEqualTo(point.sign().plus(from + ninth));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.0001, 360, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNotOnTheCircle(double longitude) {
        assertThatThrownBy(() -> new ZodiacPoint(longitude))
                .hasMessageStartingWith("BUG: longitude");
    }

    @Test
    void takesAnyAngleIntoTheCircle() {
        assertThat(ZodiacPoint.ofDegrees(-1e-20).longitude()).isZero();
        assertThat(ZodiacPoint.ofDegrees(-30).longitude()).isEqualTo(330);
        assertThat(new ZodiacPoint(350).plus(180).longitude()).isEqualTo(170);
    }

    @Test
    void measuresTheShorterWay() {
        assertThat(new ZodiacPoint(359).distanceTo(new ZodiacPoint(2))).isCloseTo(3, within(1e-12));
        assertThat(new ZodiacPoint(2).distanceTo(new ZodiacPoint(359))).isCloseTo(3, within(1e-12));
    }

    @Test
    void tellsHowNearABorderIs() {
        assertThat(new ZodiacPoint(30.001).degreesToBorder()).isCloseTo(0.001, within(1e-9));
        assertThat(new ZodiacPoint(13.333).degreesToBorder()).isCloseTo(0.000333, within(1e-6));
        assertThat(new ZodiacPoint(5).degreesToBorder()).isCloseTo(5 / 3.0, within(1e-9));
    }

    @Test
    void agesForwardsInOddSignsAndBackwardsInEvenOnes() {
        assertThat(Awastha.of(new ZodiacPoint(3))).isEqualTo(Awastha.BALA);
        assertThat(Awastha.of(new ZodiacPoint(29.9))).isEqualTo(Awastha.MRIT);
        assertThat(Awastha.of(new ZodiacPoint(33))).isEqualTo(Awastha.MRIT);
        assertThat(Awastha.of(new ZodiacPoint(59.9))).isEqualTo(Awastha.BALA);
    }
}
