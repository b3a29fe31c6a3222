package dev.orrery.pipeline.prompt.document;

import static dev.orrery.pipeline.prompt.document.Rendering.bot;
import static dev.orrery.pipeline.prompt.document.Rendering.fact;
import static dev.orrery.pipeline.prompt.document.Rendering.remembering;
import static dev.orrery.pipeline.prompt.document.Rendering.rendered;
import static dev.orrery.pipeline.prompt.document.Rendering.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.pipeline.prompt.variables.Scenes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A document is its sections in order, each shown only when it has something to say. */
class PromptDocumentTest {

    @Test
    void rendersItsTextsAndKeepsItsOrder() {
        assertThat(
                        rendered(
                                "{\"b\": \"{{user_name}}: {{user_age}}\", \"a\": {\"c\": \"{{user_age}}\"}}"))
                .isEqualTo("b: 'Asha: 31'\na:\n  c: '31'\n");
    }

    /** YP-1, YP-8: these are there only when there is something to say. */
    @Test
    void leavesOutSectionsThatHaveNothingToSay() {
        // given
        var source =
                """
                Role: You are {{bot_name}}.
                Past User Memories: {$memories: all}
                First Profile Kundli: {$fact: birth_chart}
                Second Profile Kundli: {$fact: second_birth_chart}
                """;

        // then
        assertThat(rendered(source)).isEqualTo("Role: You are Nova.\n");
        assertThat(rendered(source, remembering("Likes tea", " ", "Has a dog: Bo")))
                .isEqualTo(
                        """
                        Role: You are Nova.
                        Past User Memories:
                        - Likes tea
                        - 'Has a dog: Bo'
                        """);
        assertThat(
                        rendered(
                                source,
                                with(fact("second_birth_chart", "B"), fact("birth_chart", "A"))))
                .isEqualTo(
                        """
                        Role: You are Nova.
                        First Profile Kundli: A
                        Second Profile Kundli: B
                        """);
    }

    /** YP-8 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'{{conversation_history}}'",
                "[]",
                "{}",
                "{$when: {present: user_name}, $value: ' '}",
                "{$when: {present: user_name}, $value: null}",
                "[{$fact: weather}]",
                "{a: {$memories: all}}"
            })
    void leavesOutASectionThatComesOutEmpty(String section) {
        assertThat(rendered("a: " + section + "\nb: c")).isEqualTo("b: c\n");
    }

    /** What an author wrote empty is meant so. */
    @Test
    void keepsWhatItsAuthorLeftEmpty() {
        assertThat(rendered("a: ''\nb: null\nc: {d: '', e: }"))
                .isEqualTo("a: ''\nb: null\nc:\n  d: ''\n  e: null\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {app: 4}                              | true
                    {app: "4"}                            | true
                    {app: [1, 4]}                         | true
                    {app: 1}                              | false
                    {language: en}                        | true
                    {language: [HINDI, ENGLISH]}          | true
                    {language: HINDI}                     | false
                    {present: user_name}                  | true
                    {present: [user_name, user_gender]}   | false
                    {absent: user_gender}                 | true
                    {absent: user_name}                   | false
                    {present: memories}                   | true
                    {present: user_astro_data}            | true
                    {present: fact.weather}               | false
                    {absent: fact.weather}                | true
                    {present: custom.mood}                | true
                    {present: custom.other}               | false
                    {app: 4, language: HINDI}             | false
                    {app: 4, language: en, present: user_name} | true
                    """)
    void showsAPartWhereAllItsConditionsHold(String when, boolean shown) {
        // given
        var scene =
                Scenes.with(
                        bot("{\"custom\": {\"mood\": \"calm\"}}"),
                        "{\"name\": \"Asha\", \"app_id\": 4, \"language\": \"ENGLISH\"}",
                        List.of(fact("birth_chart", "Moon")),
                        List.of("Likes tea"));

        // when
        var rendered = rendered("a: {$when: " + when + ", $value: yes}\nb: c", scene);

        // then
        assertThat(rendered).isEqualTo(shown ? "a: 'yes'\nb: c\n" : "b: c\n");
    }

    @Test
    void leavesOutItemsAndMembersToo() {
        assertThat(rendered("a: [1, {$when: {app: 9}, $value: 2}, 3]\nb: {c: {$fact: x}, d: e}"))
                .isEqualTo("a:\n- 1\n- 3\nb:\n  d: e\n");
    }

    @Test
    void showsTheNewestMemoriesOldestFirst() {
        assertThat(rendered("a: {$memories: 2}", remembering("1st", "2nd", "3rd")))
                .isEqualTo("a:\n- 2nd\n- 3rd\n");
    }

    @Test
    void saysThatDataMayBeOutOfDate() {
        // given
        var stale = Fact.newBuilder(fact("birth_chart", "Moon")).setState(FactState.STALE).build();

        // then
        assertThat(rendered("a: {$fact: birth_chart}", with(stale)))
                .isEqualTo(
                        """
                        a: |
                          Moon
                          This data may be out of date. It was last confirmed on 14 January 2026.
                        """);
    }

    @Test
    void tellsWhatItSpeaksOf() {
        // given
        var document =
                PromptDocument.of(
                        """
                        a: "{{user_name}} {{bot_name}}"
                        b: [{$fact: birth_chart}, {$when: {language: fr}, $value: {$memories: all}}]
                        c: {$language: {default: "{{user_age}}", 4: {HINDI: x}}}
                        """);

        // then
        assertThat(document.names()).containsExactly("user_name", "bot_name", "user_age");
        assertThat(document.factKinds()).containsExactly("birth_chart");
        assertThat(document.languages()).containsExactly("FR", "HINDI");
        assertThat(document.wantsMemories()).isTrue();
        assertThat(PromptDocument.of("a: {$when: {absent: memories}, $value: b}").wantsMemories())
                .isTrue();
        assertThat(PromptDocument.of("a: b").wantsMemories()).isFalse();
    }

    @Test
    void isItsSectionsOneAfterTheOther() {
        // given
        var document = PromptDocument.of("a: {b: [1, 2]}\nc: '{{user_name}}'\nd: {$fact: x}");

        // when
        var sections = document.sections(Scenes.usual());

        // then
        assertThat(sections).extracting(PromptDocument.Section::title).containsExactly("a", "c");
        assertThat(String.join("", sections.stream().map(PromptDocument.Section::text).toList()))
                .isEqualTo(document.render(Scenes.usual()));
    }

    @Test
    void isEmptyWithoutSections() {
        assertThat(rendered("a: {$fact: x}")).isEmpty();
    }
}
