package dev.orrery.pipeline.prompt.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.yaml.YamlValue.Entry;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Listing;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Mapping;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Plain;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class YamlWriterTest {

    private static String written(String text) {
        return YamlWriter.write(new Mapping(List.of(new Entry("key", new Text(text)))));
    }

    private static Mapping mapping(Object... keysAndValues) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            var value =
                    keysAndValues[i + 1] instanceof YamlValue given
                            ? given
                            : new Text((String) keysAndValues[i + 1]);
            entries.add(new Entry((String) keysAndValues[i], value));
        }
        return new Mapping(entries);
    }

    /** The golden sample. */
    @Test
    void writesBlockStyleInTheOrderOfTheKeys() {
        // given
        var document =
                mapping(
                        "Role", "You are Nova, a FEMALE guide.",
                        "Query House Mapping",
                                mapping(
                                        "Career",
                                        mapping(
                                                "Houses To Analyze", "10, 1, 2, 6, 11",
                                                "Karaka Planets", "Sun, Saturn, Mercury")),
                        "Response Format",
                                mapping(
                                        "Language",
                                        "हिन्दी",
                                        "Response Instructions",
                                        new Listing(
                                                List.of(
                                                        new Text("Answer first: be brief"),
                                                        new Text("Ask one question at the end")))),
                        "Daily Context",
                                mapping(
                                        "Date", "15 January 2026",
                                        "Time", "02:45 PM",
                                        "Day of week", "Thursday"));

        // when
        var written = YamlWriter.write(document);

        // then
        assertThat(written)
                .isEqualTo(
                        """
                        Role: You are Nova, a FEMALE guide.
                        Query House Mapping:
                          Career:
                            Houses To Analyze: 10, 1, 2, 6, 11
                            Karaka Planets: Sun, Saturn, Mercury
                        Response Format:
                          Language: हिन्दी
                          Response Instructions:
                          - 'Answer first: be brief'
                          - Ask one question at the end
                        Daily Context:
                          Date: 15 January 2026
                          Time: 02:45 PM
                          Day of week: Thursday
                        """);
    }

    /** YP-Q1 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes", "no", "~", "10", "012", "12:30", "1e3", "2026-01-15", "Yes", "on", "OFF",
                "true", "null", "-1", "+1", "1.5", ".5", "1_000", "0x1F", "0o17", "0b1", ".inf",
                "-.INF", ".nan", "2026-01-15T09:15:00Z", "2026-1-5 09:15:00", "=", "<<", "1:30:00.5"
            })
    void quotesWhatOneOfTheReadersTakesForSomethingElse(String text) {
        assertThat(written(text)).isEqualTo("key: '" + text + "'\n");
        assertThat(YamlWriter.write(mapping(text, "value"))).isEqualTo("'" + text + "': value\n");
    }

    /** YP-Q2, YP-Q9 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "02:45 PM",
                "15 January 2026",
                "7, 2, 11, 8",
                "a:b",
                "a#b",
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDF19",
                "हिन्दी",
                "नमस्ते, आशा",
                "don't",
                "a \"b\" c",
                "$1\\1"
            })
    void leavesPlainWhatIsTextForEveryReader(String text) {
        assertThat(written(text)).isEqualTo("key: " + text + "\n");
    }

    /** YP-Q3 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b",
                "a #b",
                "&a",
                "*a",
                "!a",
                "!!str a",
                "- a",
                "{{user_name}}",
                "[a]",
                "%a",
                "@a",
                "> a",
                "| a",
                "? a",
                "a:",
                " a",
                "a ",
                "#a",
                "`a`",
                "\"a\""
            })
    void quotesMarksOfTheLanguageItself(String text) {
        assertThat(written(text)).isEqualTo("key: '" + text + "'\n");
    }

    /** YP-Q4 */
    @Test
    void writesNothingNullAndTruthAsThemselves() {
        assertThat(
                        YamlWriter.write(
                                mapping("a", "", "b", new Plain("null"), "c", new Plain("true"))))
                .isEqualTo("a: ''\nb: null\nc: true\n");
    }

    /** YP-Q5 */
    @Test
    void writesLinesAsALiteralBlock() {
        assertThat(written("a\nb")).isEqualTo("key: |-\n  a\n  b\n");
        assertThat(written("a\n\nb\n")).isEqualTo("key: |\n  a\n\n  b\n");
        assertThat(written("--- a")).isEqualTo("key: |-\n  --- a\n");
        assertThat(written("\na")).isEqualTo("key: |2-\n\n  a\n");
        assertThat(YamlWriter.write(mapping("a", new Listing(List.of(new Text("b\nc"))))))
                .isEqualTo("a:\n- |-\n  b\n  c\n");
    }

    /** YP-Q6 */
    @Test
    void escapesATabInDoubleQuotes() {
        assertThat(written("a\tb")).isEqualTo("key: \"a\\tb\"\n");
    }

    /** YP-Q10 */
    @Test
    void neverFolds() {
        // given
        var line = "word ".repeat(2_000) + "end";

        // then
        assertThat(written(line)).isEqualTo("key: " + line + "\n");
    }

    @Test
    void escapesWhatEndsALineForSomeReaders() {
        assertThat(written("a\u2028b")).isEqualTo("key: \"a\\u2028b\"\n");
    }

    /** For every document: what is read back is what was written, and written again it is equal. */
    @RepeatedTest(40)
    void isReadBackAsItWas() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var document = RandomDocuments.of(new Random(seed));

        // when
        var written = YamlWriter.write(document);

        // then
        assertThat(YamlReader.read(written).root()).as(written).isEqualTo(document);
        assertThat(YamlWriter.write(document)).isEqualTo(written);
    }

    /** The same for a reader of YAML 1.1, by other people, that takes more for no text. */
    @RepeatedTest(40)
    void isReadBackByAnotherReaderOfAnOlderVersion() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var chance = new Random(seed);
        var texts = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            texts.add(RandomDocuments.text(chance));
        }

        // when
        var written =
                YamlWriter.write(new Listing(texts.stream().<YamlValue>map(Text::new).toList()));

        // then
        var older = new Yaml(new SafeConstructor(new LoaderOptions()));
        assertThat((Object) older.load(written)).as(written).isEqualTo(texts);
    }
}
