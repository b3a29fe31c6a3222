package dev.orrery.pipeline.prompt.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.template.Template;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CustomValuesTest {

    private static CustomValues values(String json) {
        return CustomValues.of(JsonMapper.shared().readTree(json));
    }

    private static String rendered(String template, CustomValues ofRevision, String botMetadata) {
        var bot = Bot.of("Nova", "", JsonMapper.shared().readTree(botMetadata));
        var scene =
                new Scene(
                        Scenes.TURN,
                        Scenes.ACCEPTED,
                        bot,
                        Scenes.profile(Scenes.ASHA),
                        "Hi",
                        List.of(),
                        List.of(),
                        List.of(),
                        new ValueRules(false, ofRevision));
        return Template.of(template).render(scene);
    }

    @Test
    void areCalledByTheirPrefix() {
        assertThat(
                        rendered(
                                "{{custom.mood}} {{mood}} {{custom.other}}",
                                CustomValues.NONE,
                                "{\"custom\": {\"mood\": \"calm\"}}"))
                .isEqualTo("calm {{mood}} {{custom.other}}");
    }

    @Test
    void areTheRevisionsBeforeTheBots() {
        assertThat(
                        rendered(
                                "{{custom.a}} {{custom.b}}",
                                new CustomValues(Map.of("a", "revision")),
                                "{\"custom\": {\"a\": \"bot\", \"b\": \"bot\"}}"))
                .isEqualTo("revision bot");
    }

    @Test
    void areNeverScannedAgain() {
        assertThat(
                        rendered(
                                "{{custom.a}}",
                                new CustomValues(Map.of("a", "{{user_name}} $1")),
                                "{}"))
                .isEqualTo("{{user_name}} $1");
    }

    @ParameterizedTest
    @EnumSource
    void mayNotBeMistakenForABuiltInOne(Variable variable) {
        assertThat(CustomValues.isUsable(variable.wireName())).isFalse();
        assertThat(values("{\"" + variable.wireName() + "\": \"x\"}").names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mood", "1a", "a-b", "a.b", "a b", "a}}", "mood\\n"})
    void haveNamesThatATemplateCanCall(String name) {
        assertThat(values("{\"" + name + "\": \"x\"}").names()).isEmpty();
    }

    @Test
    void areTextsWhateverTheyWere() {
        assertThat(values("{\"a\": 7, \"b\": true, \"c\": [1], \"d\": null}").texts())
                .isEqualTo(Map.of("a", "7", "b", "true", "c", "[1]", "d", ""));
    }
}
