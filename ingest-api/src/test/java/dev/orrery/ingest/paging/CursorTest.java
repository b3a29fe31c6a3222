package dev.orrery.ingest.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.http.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorTest {

    @Test
    void comesBackAsItWasGiven() {
        for (var cursor :
                List.of(
                        Cursor.of(7),
                        Cursor.of("gemini"),
                        Cursor.at(Instant.parse("2026-01-15T09:15:00.000001Z"), "*", "आशा*"),
                        new Cursor(3, UUID.randomUUID(), List.of("", "x")))) {
            // when
            var read = PageRequest.descending(null, cursor.encoded()).after();

            // then
            assertThat(read).isEqualTo(cursor);
        }
    }

    @Test
    void isRefusedWithTextsThatNoListHas() {
        assertThatThrownBy(() -> Cursor.decoded(Cursor.of("a\0b").encoded()))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Cursor.decoded(Cursor.of("x".repeat(4_000)).encoded()))
                .isInstanceOf(Problem.class);
    }

    @Test
    void isRefusedByAListThatIsOrderedOtherwise() {
        // given
        var asked = PageRequest.descending(null, Cursor.of(7).encoded());

        // when, then
        assertThatThrownBy(() -> asked.afterText(0)).isInstanceOf(Problem.class);
    }
}
