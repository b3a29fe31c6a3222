package dev.orrery.pipeline.prompt.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.prompt.yaml.YamlValue.Entry;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Listing;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Mapping;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Plain;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private static final Mapping BOTH =
            new Mapping(
                    List.of(
                            new Entry("b", new Text("x")),
                            new Entry("a", new Listing(List.of(new Plain("1"), new Text("1"))))));

    @Test
    void readsYamlAndJsonAlikeAndKeepsTheOrder() {
        assertThat(YamlReader.read("b: x\na:\n- 1\n- '1'\n").root()).isEqualTo(BOTH);
        assertThat(YamlReader.read("{\"b\": \"x\", \"a\": [1, \"1\"]}").root()).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @CsvSource({
        "null, null",
        "~, null",
        "true, true",
        "False, false",
        "7, 7",
        "-1.5e3, -1.5e3",
    })
    void takesNumbersAndTruthForWhatTheyAre(String written, String plain) {
        assertThat(YamlReader.read(written).root()).isEqualTo(new Plain(plain));
    }

    /** As YAML 1.2 has it: an author's dates and times and yes stay what was written. */
    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "on", "012", "12:30", "2026-01-15", "0x1F", "7, 2", "<<"})
    void takesEverythingElseForText(String written) {
        assertThat(YamlReader.read(written).root()).isEqualTo(new Text(written));
    }

    @Test
    void knowsWhereEachValueBegins() {
        // when
        var document = YamlReader.read("a: x\nमी:\n  b: y\n");

        // then
        var second = ((Mapping) document.root()).entries().get(1).value();
        assertThat(document.placeOf(second)).isEqualTo(new Place(3, 3));
        assertThat(document.placeOf(((Mapping) second).entries().getFirst().value()))
                .isEqualTo(new Place(3, 6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a: x%na: y                    | 2 | 1 | the key "a" twice
                    a: &x y%nb: *x                | 1 | 4 | an anchor or alias
                    a: *x                         | 1 | 4 | an anchor or alias
                    &x a: y                       | 1 | 1 | an anchor or alias
                    a: !!binary eA==              | 1 | 4 | a tag
                    a: !java x                    | 1 | 4 | a tag
                    a: {{user_name}}              | 1 | 5 | needs quotes
                    ? [a]%n: b                    | 1 | 3 | a key that is no text
                    a: x%n---%nb: y               | 2 | 1 | a second document
                    a: [1, 2                      | 1 | 9 | expected
                    a: "x                         | 1 | 6 | end of stream
                    a: x%n b: y                   | 2 | 3 | mapping values are not allowed
                    '"": x'                       | 1 | 1 | a key that cannot be written
                    """)
    void saysWhereADocumentIsWrong(String text, int line, int column, String problem) {
        assertThatThrownBy(() -> YamlReader.read(text.replace("%n", "\n")))
                .isInstanceOfSatisfying(
                        MalformedYaml.class,
                        malformed -> {
                            assertThat(malformed.problem()).contains(problem);
                            assertThat(malformed.place()).isEqualTo(new Place(line, column));
                        });
    }

    @Test
    void refusesWhatIsAboveTheLimits() {
        assertRefused("x".repeat(YamlReader.LONGEST + 1));
        assertRefused("[".repeat(YamlReader.DEEPEST + 2) + "]".repeat(YamlReader.DEEPEST + 2));
        assertRefused("[".repeat(100_000));
        assertRefused("[" + "1,".repeat(YamlReader.MOST_VALUES) + "1]");
        assertRefused("x".repeat(YamlReader.LONGEST_KEY + 1) + ": y");
        assertRefused("a: \u0000");
        assertRefused("");
        assertRefused("# nothing");
    }

    /** A few lines that would be a billion values, if aliases were followed. */
    @Test
    void doesNotLaugh() {
        // given
        var laughs = new StringBuilder("a: &a [lol]\n");
        for (char name = 'b'; name < 'k'; name++) {
            char last = (char) (name - 1);
            laughs.append(name).append(": &").append(name).append(" [");
            laughs.append(("*" + last + ", ").repeat(10)).append("]\n");
        }

        // then
        assertRefused(laughs.toString());
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> YamlReader.read(text)).isInstanceOf(MalformedYaml.class);
    }
}
