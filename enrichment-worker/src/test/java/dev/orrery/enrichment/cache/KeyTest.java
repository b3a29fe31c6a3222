package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.enrichment.source.Question;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyTest {

    @Test
    void namesTheKindTheVersionAndAHashAndNothingOfTheQuestion() {
        // given
        Question question = () -> "1995-08-21|06:45|18.5204|73.8567";

        // when
        var name = Key.of("birth_chart", 1, question).name();

        // then
        assertThat(name).matches("orrery:birth_chart:1:[0-9a-f]{64}").doesNotContain("1995");
        assertThat(name).isEqualTo(Key.of("birth_chart", 1, question).toString());
    }

    @Test
    void differsByKindVersionAndQuestion() {
        // given
        var key = Key.of("birth_chart", 1, () -> "a question");

        // when
        var others =
                Stream.of(
                        Key.of("weather", 1, () -> "a question"),
                        Key.of("birth_chart", 2, () -> "a question"),
                        Key.of("birth_chart", 1, () -> "another question"));

        // then
        assertThat(others.map(Key::question))
                .doesNotContain(key.question())
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsOfTheSamePersonWhateverElseIsAsked() {
        // given
        Question asked = () -> "a service|1995-08-21|06:45";

        // when
        var key = Key.of("birth_chart", 1, asked);

        // then
        assertThat(Key.of("birth_chart", 2, asked).subject()).isEqualTo(key.subject());
        assertThat(key.subject()).matches("[0-9a-f]{64}").isNotEqualTo(key.question());
    }
}
