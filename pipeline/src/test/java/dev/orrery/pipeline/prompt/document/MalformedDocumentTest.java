package dev.orrery.pipeline.prompt.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.prompt.yaml.MalformedYaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedDocumentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    just text                          | 1 | a mapping of titles
                    [a]                                | 1 | a mapping of titles
                    $role: x                           | 1 | within a section
                    a:%n  $fct: x                      | 2 | $fct (expected: $when, $value
                    a:%n  $fact: x%n  b: y             | 3 | b (expected: $when
                    a: {$fact: x, $role: y}            | 1 | 2 things asked for at once
                    a: {$when: {app: 1}}               | 1 | 0 things asked for at once
                    a: {$when: {}, $value: x}          | 1 | app, language, present, absent
                    a: {$when: {mood: x}, $value: y}   | 1 | mood (expected: app
                    a: {$when: {app: {}}, $value: y}   | 1 | a word
                    a: {$role: 7}                      | 1 | a text
                    a: {$role: ""}                     | 1 | a text
                    a: {$language: modern}             | 1 | standard, or texts by app and language
                    a: {$language: {4: {HINDI: x}}}    | 1 | no default
                    a: {$language: {default: x, 4: y}} | 1 | texts by language
                    a: {$length: {tiny: x}}            | 1 | short, medium or long
                    a: {$daily_context: moon}          | 1 | user or bot
                    a: {$fact: []}                     | 1 | a text
                    a: {$memories: 0}                  | 1 | all, or 1 to 99
                    a: {$memories: many}               | 1 | all, or 1 to 99
                    a: {$summary: all}                 | 1 | conversation
                    """)
    void isRefusedWithThePlaceAndTheExpectation(String source, int line, String problem) {
        assertThatThrownBy(() -> PromptDocument.of(source.replace("%n", "\n")))
                .isInstanceOfSatisfying(
                        MalformedYaml.class,
                        malformed -> {
                            assertThat(malformed.problem()).contains(problem);
                            assertThat(malformed.place().line()).isEqualTo(line);
                        });
    }
}
