package dev.orrery.pipeline.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorableTextTest {

    @Test
    void leavesOrdinaryTextAsItIs() {
        // given
        var text = "शुक्र is in \uD83C\uDF19, and\n\tso are you";

        // when
        var storable = StorableText.of(text);

        // then
        assertThat(storable).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0041 0000 0042",
        "0041 D83C 0042",
        "0041 DF19 0042",
        "0041 0042 D83C",
        "DF19 0041 0042"
    })
    void replacesWhatCannotBeStoredOneForOne(String units) {
        // given
        var text = new StringBuilder();
        for (String unit : units.split(" ")) {
            text.append((char) Integer.parseInt(unit, 16));
        }

        // when
        var storable = StorableText.of(text.toString());

        // then
        assertThat(storable).hasSize(3).contains("A", "B", "\uFFFD");
    }

    @Test
    void keepsTheWholePairBesideAHalfOne() {
        // given
        var text = "\uD83C\uD83C\uDF19\uDF19";

        // when
        var storable = StorableText.of(text);

        // then
        assertThat(storable).isEqualTo("\uFFFD\uD83C\uDF19\uFFFD");
    }
}
