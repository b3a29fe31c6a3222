package dev.orrery.enrichment.birthchart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnrichedChartTest {

    @Test
    void summarisesTheChartInOneSentence() {
        // given
        var chart = Charts.chart();

        // when
        var enriched = EnrichedChart.of(chart, Charts.NOW);

        // then
        assertThat(enriched.processedAt()).isEqualTo(Charts.NOW);
        assertThat(enriched.summary())
                .isEqualTo(
                        "Libra ascendant, Sun in Gemini, Moon in Aries in the nakshatra Ashwini; "
                                + "Sun major period until 2 May 2027 and Venus minor period until 2 May 2027.");
    }

    @Test
    void saysOfAPeriodThatItIsOver() {
        // given
        var chart = Charts.chart();

        // when
        var enriched = EnrichedChart.of(chart, Instant.parse("2027-05-01T20:37:00Z"));

        // then
        assertThat(enriched.summary())
                .contains(
                        "Sun major period ended on 2 May 2027 and Venus minor period ended on 2 May 2027.");
    }
}
