package dev.orrery.enrichment.astrologyapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orrery.enrichment.chart.ImpossibleBirth;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AstrologyRequestTest {

    @Test
    void readsNumbersAndNumbersWrittenAsText() {
        // given
        ObjectNode body = body().put("tzone", "5.75").put("day", " 29 ").put("lat", "-33.5");
        // when
        AstrologyRequest request = AstrologyRequest.of(body);
        // then
        assertThat(request.birth().instant()).isEqualTo(Instant.parse("2000-02-29T03:15:00Z"));
        assertThat(request.birth().latitude()).isEqualTo(-33.5);
        assertThat(request.at()).isEmpty();
    }

    @Test
    void readsTheMomentAskedAbout() {
        // given
        ObjectNode body = body().put("at", "2026-01-31T12:00:00Z");
        // when
        AstrologyRequest request = AstrologyRequest.of(body);
        // then
        assertThat(request.at()).contains(Instant.parse("2026-01-31T12:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day|30|day",
                "day|1.5|day",
                "day|x|day",
                "month|13|month",
                "year|1700|year",
                "hour|24|hour",
                "min|60|minute",
                "lat|90.5|latitude",
                "lon|-181|longitude",
                "tzone|5.3|tzone",
                "tzone|-12.25|tzone",
                "tzone|14.25|tzone",
                "tzone|NaN|tzone",
                "year|1e99|year",
                "at|yesterday|at",
                "at|-1000-01-01T00:00:00Z|at",
                "at|+999999-01-01T00:00:00Z|at"
            })
    void namesTheFieldThatIsImpossible(String field, String value, String named) {
        assertThatExceptionOfType(ImpossibleBirth.class)
                .isThrownBy(() -> AstrologyRequest.of(body().put(field, value)))
                .satisfies(impossible -> assertThat(impossible.field()).isEqualTo(named));
    }

    @ParameterizedTest
    @CsvSource({"day", "month", "year", "hour", "min", "lat", "lon", "tzone"})
    void namesTheFieldThatIsMissing(String field) {
        // given
        ObjectNode body = body();
        body.remove(field);
        // then
        assertThatExceptionOfType(ImpossibleBirth.class)
                .isThrownBy(() -> AstrologyRequest.of(body))
                .withMessage(field + ": absent (expected: a number)");
    }

    private static ObjectNode body() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("day", 29)
                .put("month", 2)
                .put("year", 2000)
                .put("hour", 9)
                .put("min", 0)
                .put("lat", 28.6139)
                .put("lon", 77.209)
                .put("tzone", 5.5);
    }
}
