package dev.orrery.enrichment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.source.SourceFailure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void readsOneDocument() {
        // given
        var body =
                "{\"name\": \"सूर्य\", \"degree\": 72.18954079}".getBytes(StandardCharsets.UTF_8);

        // when
        var json = StrictJson.read(body);

        // then
        assertThat(json.path("name").asString()).isEqualTo("सूर्य");
        assertThat(json.path("degree").doubleValue()).isEqualTo(72.18954079);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "\"SECRET\"",
                "<html>SECRET</html>",
                "{\"SECRET\": 1",
                "{\"a\": 1, \"a\": 2}",
                "{} {}",
                "[NaN]",
                "[1e99999999999]",
                "[1e-99999999999]"
            })
    void refusesWhatIsNotOneDocumentAndRepeatsNothingOfIt(String body) {
        // given
        var bytes = body.getBytes(StandardCharsets.UTF_8);

        // when
        Runnable read = () -> StrictJson.read(bytes);

        // then
        assertThatThrownBy(read::run)
                .isInstanceOf(SourceFailure.InvalidAnswer.class)
                .hasMessageNotContaining("SECRET")
                .hasNoCause();
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        // given
        var bytes = "[".repeat(10_000).getBytes(StandardCharsets.UTF_8);

        // when
        Runnable read = () -> StrictJson.read(bytes);

        // then
        assertThatThrownBy(read::run).isInstanceOf(SourceFailure.InvalidAnswer.class);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        // given
        var bytes = new byte[] {'[', '"', (byte) 0xC3, '"', ']'};

        // when
        Runnable read = () -> StrictJson.read(bytes);

        // then
        assertThatThrownBy(read::run).isInstanceOf(SourceFailure.InvalidAnswer.class);
    }
}
