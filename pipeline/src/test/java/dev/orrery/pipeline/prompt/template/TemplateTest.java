package dev.orrery.pipeline.prompt.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    private static String render(String template, Map<String, String> values) {
        return Template.of(template).render(values::get);
    }

    @Test
    void writesAllOccurrencesOfAName() {
        assertThat(render("{{user_name}}{{user_name}}", Map.of("user_name", "A"))).isEqualTo("AA");
    }

    @Test
    void keepsEveryByteOfTheTextAroundThem() {
        assertThat(render("\n\tHi {{user_name}}\r\n{} }}{ \n", Map.of("user_name", "A")))
                .isEqualTo("\n\tHi A\r\n{} }}{ \n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{unknown}} {{ user_name }} {{User_Name}} {{user_name\t}}",
                "{{{user_name}}}",
                "{{user\n_name}} {{}} {{user_name",
                "{{ {{user_name}} }}",
                "{user_name} {{user_name} }",
                "}}user_name{{",
                "{{user_name}\n}",
                "{{{{user_name}}}}",
                "{{\u00fcser_name}}",
                "",
            })
    void leavesUnchangedWhatIsNoKnownName(String template) {
        assertThat(render(template, Map.of("user_name", "A"))).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {{{user_name}}} {{user_name}}     | {{{user_name}}} A
                    {{ {{user_name}} }} {{user_name}} | {{ {{user_name}} }} A
                    {{user_name}}}}                   | A}}
                    {{a}{{user_name}}                 | {{a}{{user_name}}
                    {{x {{user_name}}{{user_name}}    | {{x {{user_name}}A
                    """)
    void looksForTheShortestSpanFromTheLeft(String template, String rendered) {
        assertThat(render(template, Map.of("user_name", "A"))).isEqualTo(rendered);
    }

    /** An opening that its own line does not close hides nothing of the next line. */
    @Test
    void crossesNoLineFeed() {
        assertThat(render("{{user_name\n{{user_name}}\n}}", Map.of("user_name", "A")))
                .isEqualTo("{{user_name\nA\n}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\u0085", "\u2028", "\u2029", "\u000b", "\f"})
    void takesEveryOtherEndOfALineForPartOfAName(String separator) {
        // given
        var name = "a" + separator + "b";

        // then
        assertThat(render("{{" + name + "}}", Map.of(name, "A"))).isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$1\\1",
                "leak {{user_name}} {{bot_name}}",
                "{{user_message}}",
                "}}{{",
                "",
                "\uD83C\uDF19 मीरा \u202e",
                "\n{{bot_name}}\n",
            })
    void writesAValueAsItIsAndNeverScansItAgain(String value) {
        // given
        var values = Map.of("user_message", value, "user_name", "X", "bot_name", "Nova");

        // when
        var rendered = render("{{user_message}} {{user_name}}", values);

        // then
        assertThat(rendered).isEqualTo(value + " X");
    }

    /** Neither together with the text around it nor with another value can a value form a name. */
    @Test
    void formsNoNameFromTheEndsOfValues() {
        // given
        var values = Map.of("a", "{{", "b", "secret", "c", "}}", "secret", "LEAKED");

        // then
        assertThat(render("{{a}}secret{{c}} {{a}}{{b}}{{c}} {{{a}}}", values))
                .isEqualTo("{{secret}} {{secret}} {{{a}}}");
    }

    @Test
    void asksForEachNameOnceARender() {
        // given
        var asked = new ArrayList<String>();
        var template = Template.of("{{b}} {{a}} {{b}} {{unknown}} {{unknown}}");

        // when
        template.render(name -> {
            asked.add(name);
            return null;
        });

        // then
        assertThat(asked).containsExactly("b", "a", "unknown").isEqualTo(template.names());
    }

    @Test
    void knowsItsLengthInCharactersAndInBytes() {
        // when
        var template = Template.of("मी {{a}}");

        // then
        assertThat(template.length()).isEqualTo(8);
        assertThat(template.bytes()).isEqualTo("मी {{a}}".getBytes(StandardCharsets.UTF_8).length);
    }

    /** For every template and all values, the output is the literals and the values, in order. */
    @RepeatedTest(20)
    void isTheConcatenationOfItsPartsWhateverTheValuesAre() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var chance = new Random(seed);
        var names = List.of("user_name", "user_message", "bot_name", "x");
        var values =
                Map.of(
                        "user_name", fragments(chance),
                        "user_message", fragments(chance),
                        "bot_name", fragments(chance),
                        "x", fragments(chance));
        var template = new StringBuilder();
        var expected = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            var literal = literal(chance);
            var name = names.get(chance.nextInt(names.size()));
            template.append(literal).append("{{").append(name).append("}}");
            expected.append(literal).append(values.get(name));
        }

        // when
        var rendered = render(template.toString(), values);

        // then
        assertThat(rendered).isEqualTo(expected.toString());
    }

    /** No text at all breaks it, and a text without known names is rendered as it stands. */
    @RepeatedTest(20)
    void takesEveryTextForATemplate() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var text = fragments(new Random(seed));

        // then
        assertThat(render(text, Map.of())).isEqualTo(text);
    }

    /** Looking for the end of every opening anew would take hours for this one. */
    @Test
    void isCompiledInOnePassOverAnyText() {
        // given
        var text = "{{\n".repeat(1_000_000) + "}}";

        // when
        var template = Template.of(text);

        // then
        assertThat(template.names()).isEmpty();
        assertThat(template.render(name -> "A")).isEqualTo(text);
    }

    /** Everything that could be mistaken for a part of a template. */
    private static String fragments(Random chance) {
        var pieces =
                List.of(
                        "{{",
                        "}}",
                        "{",
                        "}",
                        "{{user_name}}",
                        "user_name",
                        "$0",
                        "\\",
                        "\n",
                        "\r",
                        "\u2028",
                        "मी",
                        "\uD83C\uDF19",
                        "\uD83C",
                        " ",
                        "x");
        var text = new StringBuilder();
        int count = chance.nextInt(40);
        for (int i = 0; i < count; i++) {
            text.append(pieces.get(chance.nextInt(pieces.size())));
        }
        return text.toString();
    }

    /** Without an opening brace, so that the placeholder that follows is one. */
    private static String literal(Random chance) {
        var pieces = List.of("}}", "}", "\n", "user_name", "$1", " ", "मी", "\uD83C\uDF19", "");
        return pieces.get(chance.nextInt(pieces.size()))
                + pieces.get(chance.nextInt(pieces.size()));
    }
}
