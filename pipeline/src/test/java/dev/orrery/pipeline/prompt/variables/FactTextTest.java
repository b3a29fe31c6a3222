package dev.orrery.pipeline.prompt.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code user_astro_data}: never empty, because a model that is told nothing invents something. */
class FactTextTest {

    private static final String CHART = "\n### Kundli Data\n- Moon: Taurus\n";

    private static String shown(Fact... facts) {
        return Variable.USER_ASTRO_DATA.valueIn(Scenes.withFacts(facts));
    }

    private static Fact fact(
            String kind, FactState state, @Nullable String text, @Nullable String absence) {
        return Fact.newBuilder()
                .setKind(kind)
                .setState(state)
                .setLayer(text == null ? CacheLayer.NONE : CacheLayer.API)
                .setText(text)
                .setAbsence(absence)
                .setFetchedAt(text == null ? null : Instant.parse("2026-01-14T22:00:00Z"))
                .build();
    }

    @Test
    void isTheFreshFactAsItWasFormatted() {
        assertThat(shown(fact("birth_chart", FactState.FRESH, CHART, null))).isEqualTo(CHART);
    }

    @Test
    void saysThatAStaleFactMayBeOutOfDateAndSinceWhen() {
        assertThat(shown(fact("birth_chart", FactState.STALE, CHART, null)))
                .isEqualTo(
                        CHART
                                + "\nThis data may be out of date. It was last confirmed on 14 January 2026.\n");
    }

    @Test
    void saysThatTheUserHasNotGivenWhatWouldHaveToBeAsked() {
        assertThat(shown(fact("birth_chart", FactState.ABSENT, null, "no_birth_details")))
                .isEqualTo("The user has not given birth details.");
    }

    @Test
    void saysThatTheChartIsNotAvailable() {
        // given
        var unavailable = "The birth chart is not available.";

        // then
        assertThat(shown(fact("birth_chart", FactState.ABSENT, null, "source_failed")))
                .isEqualTo(unavailable);
        assertThat(shown(fact("birth_chart", FactState.UNKNOWN, null, null)))
                .isEqualTo(unavailable);
        assertThat(shown(fact("weather", FactState.FRESH, "Rain.", null))).isEqualTo(unavailable);
        assertThat(shown()).isEqualTo(unavailable);
    }
}
