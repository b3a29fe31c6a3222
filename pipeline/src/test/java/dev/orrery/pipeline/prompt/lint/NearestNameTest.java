package dev.orrery.pipeline.prompt.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "'', abc, 3",
        "abc, abd, 1",
        "abc, ab, 1",
        "ab, abc, 1",
        "abc, acb, 1",
        "kitten, sitting, 3",
        "ca, abc, 3"
    })
    void countsEdits(String from, String to, int edits) {
        assertThat(NearestName.edits(from, to)).isEqualTo(edits);
        assertThat(NearestName.edits(to, from)).isEqualTo(edits);
    }

    @Test
    void findsNothingThatIsFarAway() {
        // given
        var known = List.of("bot_name", "user_name");

        // then
        assertThat(NearestName.to("weather", known)).isEmpty();
        assertThat(NearestName.to("", known)).isEmpty();
        assertThat(NearestName.to("user_nmae", known)).contains("user_name");
        assertThat(NearestName.to("USER_NAME", known)).contains("user_name");
    }

    @Test
    void takesTheFirstOfTheAlphabetWhenSeveralAreAsNear() {
        assertThat(NearestName.to("ac", List.of("ab", "aa"))).contains("aa");
    }
}
