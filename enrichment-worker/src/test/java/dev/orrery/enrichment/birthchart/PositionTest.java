package dev.orrery.enrichment.birthchart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.Nakshatra;
import dev.orrery.enrichment.chart.Sign;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionTest {

    @ParameterizedTest
    @CsvSource({
        "0.0,          ARIES,     0.00, ASHWINI,         1",
        "13.333333333, ARIES,    13.33, ASHWINI,         4",
        "13.333333334, ARIES,    13.33, BHARANI,         1",
        "29.996,       ARIES,    29.99, KRITTIKA,        1",
        "30.0,         TAURUS,    0.00, KRITTIKA,        2",
        "72.18954079,  GEMINI,   12.19, ARDRA,           2",
        "120.0,        LEO,       0.00, MAGHA,           1",
        "240.0,        SAGITTARIUS, 0.00, MULA,          1",
        "93.98357,     CANCER,    3.98, PUSHYA,          1",
        "359.999999,   PISCES,   29.99, REVATI,          4"
    })
    void followsFromTheDegree(
            double degree, Sign sign, String inSign, Nakshatra nakshatra, int pada) {
        // given
        var position = new Position(Graha.SUN, degree, 1, false);

        // when
        var printed = position.degreeInSign().toPlainString();

        // then
        assertThat(position.sign()).isEqualTo(sign);
        assertThat(printed).isEqualTo(inSign);
        assertThat(position.nakshatra()).isEqualTo(nakshatra);
        assertThat(position.pada()).isEqualTo(pada);
    }
}
