package dev.orrery.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.variables.Beginning;
import dev.orrery.pipeline.prompt.variables.CustomValues;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Scenes;
import dev.orrery.pipeline.prompt.variables.Summary;
import dev.orrery.pipeline.prompt.variables.ValueRules;
import org.junit.jupiter.api.Test;

/** What stands before the turns of a history, byte for byte. */
class BeginningTest {

    private static final Summary NOTES = new Summary(2, 14, "Asha of {{bot_name}} likes tea.");
    private static final ValueRules FENCED = new ValueRules(true, CustomValues.NONE);

    private static final Prompt TEMPLATE =
            Prompt.of(PromptKind.TEMPLATE, "[{{conversation_summary}}] [{{conversation_history}}]");

    private static Scene scene(Beginning beginning) {
        return Scenes.withHistory(new Exchange("Hi", "Hello")).withBeginning(beginning);
    }

    @Test
    void isNotThereUnlessThereIsSomethingToSay() {
        // when
        var rendered = RenderedPrompt.of(TEMPLATE, scene(Beginning.NONE));

        // then
        assertThat(rendered.systemInstruction()).isEqualTo("[] [user: Hi\nbot: Hello]");
        assertThat(rendered.messages()).hasSize(3);
    }

    @Test
    void isWhatTheBotSaidFirst() {
        // when
        var rendered = RenderedPrompt.of(TEMPLATE, scene(Beginning.greeted("Namaste,\nAsha")));

        // then
        assertThat(rendered.systemInstruction())
                .isEqualTo("[] [bot: Namaste, ⏎ Asha\nuser: Hi\nbot: Hello]");
        assertThat(rendered.messages())
                .containsExactly(
                        Messages.assistant("Namaste,\nAsha"),
                        Messages.user("Hi"),
                        Messages.assistant("Hello"),
                        Messages.user("Will it rain?"));
    }

    @Test
    void isWhatWasNotedOfTheTurnsBefore() {
        // when
        var rendered = RenderedPrompt.of(TEMPLATE, scene(Beginning.summarised(NOTES)));

        // then
        assertThat(rendered.systemInstruction())
                .isEqualTo("[Asha of {{bot_name}} likes tea.] [user: Hi\nbot: Hello]");
        assertThat(rendered.messages()).hasSize(3);
    }

    @Test
    void isASectionOfADocumentThatGoesWithTheSummary() {
        // given
        var document =
                Prompt.of(
                        PromptKind.STRUCTURED,
                        "Role: Guide\nSo Far: {$summary: conversation}\nNote: {$when: {absent: conversation_summary}, $value: First talk}");

        // then
        assertThat(document.render(scene(Beginning.summarised(NOTES))))
                .isEqualTo("Role: Guide\nSo Far: Asha of {{bot_name}} likes tea.\n");
        assertThat(document.render(scene(Beginning.NONE)))
                .isEqualTo("Role: Guide\nNote: First talk\n");
        assertThat(document.wantsSummary()).isTrue();
    }

    @Test
    void isWantedByPromptsThatSpeakOfIt() {
        assertThat(TEMPLATE.wantsSummary()).isTrue();
        assertThat(Prompt.of(PromptKind.TEMPLATE, "{{user_name}}").wantsSummary()).isFalse();
        assertThat(wants("a: \"{{conversation_summary}}\"")).isTrue();
        assertThat(wants("a: {$when: {present: conversation_summary}, $value: b}")).isTrue();
        assertThat(wants("a: {$memories: all}")).isFalse();
    }

    private static boolean wants(String document) {
        return Prompt.of(PromptKind.STRUCTURED, document).wantsSummary();
    }

    /** It is made of what a user wrote. */
    @Test
    void isFencedAsWhatUsersSay() {
        // given
        var scene = Scenes.under(FENCED, "Hi").withBeginning(Beginning.summarised(NOTES));
        var template = Prompt.of(PromptKind.TEMPLATE, "{{conversation_summary}}");
        var document = Prompt.of(PromptKind.STRUCTURED, "a: {$summary: conversation}");

        // then
        var fenced =
                "<conversation_summary (\\w{8})>Asha of \\{\\{bot_name}} likes tea.</conversation_summary \\1>";
        assertThat(template.render(scene)).matches(fenced);
        assertThat(document.render(scene)).matches("a: " + fenced + "\n");
    }

    @Test
    void givesWayLastOfAll() {
        // given
        var scene = scene(Beginning.summarised(new Summary(1, 4, "s".repeat(400))));

        // when
        var withBoth = FittedPrompt.of(TEMPLATE, scene, 200);
        var withSummary = FittedPrompt.of(TEMPLATE, scene, 107);
        var withNeither = FittedPrompt.of(TEMPLATE, scene, 50);

        // then
        assertThat(withBoth.scene()).isEqualTo(scene);
        assertThat(withSummary.scene().history()).isEmpty();
        assertThat(withSummary.scene().beginning()).isEqualTo(scene.beginning());
        assertThat(withNeither.scene().beginning()).isEqualTo(Beginning.NONE);
        assertThat(withSummary.fits()).isTrue();
        assertThat(withNeither.fits()).isTrue();
    }
}
