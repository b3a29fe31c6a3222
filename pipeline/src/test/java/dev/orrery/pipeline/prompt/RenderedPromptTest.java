package dev.orrery.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Scenes;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenderedPromptTest {

    private static final String TEMPLATE =
            "{{bot_name}}, {{day_of_week}}, {{current_date}}, {{current_time}}, {{random_number_1_4}}";

    private static final String DOCUMENT =
            """
            Role: You are {{bot_name}}, a FEMALE guide.
            Query House Mapping:
              Career: {Houses To Analyze: "10, 1, 2, 6, 11", Karaka Planets: "Sun, Saturn, Mercury"}
            Response Format:
              Language: हिन्दी
              Response Instructions: ["Answer first: be brief", Ask one question at the end]
            Daily Context: {$daily_context: bot}
            """;

    private final Locale language = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void standAsBefore() {
        Locale.setDefault(language);
        TimeZone.setDefault(zone);
    }

    private static RenderedPrompt rendered(PromptKind kind, String source) {
        return RenderedPrompt.of(Prompt.of(kind, source), Scenes.usual());
    }

    /**
     * Both hashes were computed by another program, from the texts alone: what this one renders is
     * the same in every process, on every machine, for ever.
     */
    @Test
    void hasTheHashThatItHadInEveryOtherRun() {
        // given
        Locale.setDefault(Locale.forLanguageTag("hi-IN"));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));

        // when
        var template = rendered(PromptKind.TEMPLATE, TEMPLATE);
        var document = rendered(PromptKind.STRUCTURED, DOCUMENT);

        // then
        assertThat(template.hash())
                .as(template.systemInstruction())
                .isEqualTo("c8320d56ed205c6b358d75f575e508a431227f7a1d734095a96b039dd97d5adb");
        assertThat(document.hash())
                .as(document.systemInstruction())
                .isEqualTo("3cfdd209c5e474525b63302aabc657aa183f0ba4b862f5a2758943e858e75f96");
    }

    @Test
    void isTheSameForTheSameScene() {
        assertThat(rendered(PromptKind.STRUCTURED, DOCUMENT))
                .isEqualTo(rendered(PromptKind.STRUCTURED, DOCUMENT));
    }

    @Test
    void saysWhatWasSaidAsItWasSaid() {
        // given
        var scene = Scenes.withHistory(new Exchange("Hi {{user_name}}", "Namaste"));

        // when
        var rendered = RenderedPrompt.of(Prompt.of(PromptKind.TEMPLATE, "Hi"), scene);

        // then
        assertThat(rendered.messages())
                .containsExactly(
                        Messages.user("Hi {{user_name}}"),
                        Messages.assistant("Namaste"),
                        Messages.user("Will it rain?"));
    }

    @Test
    void tellsWhatATemplateIsMadeOf() {
        // given
        var prompt = Prompt.of(PromptKind.TEMPLATE, "12345678{{user_name}}{{user_name}}{{no}}");

        // when
        var sections = prompt.sections(Scenes.usual());

        // then
        assertThat(sections)
                .containsExactly(new PromptSection("text", 4), new PromptSection("user_name", 1));
    }

    @Test
    void tellsWhatADocumentIsMadeOf() {
        // when
        var sections = Prompt.of(PromptKind.STRUCTURED, DOCUMENT).sections(Scenes.usual());

        // then
        assertThat(sections)
                .extracting(PromptSection::name)
                .containsExactly("Role", "Query House Mapping", "Response Format", "Daily Context");
        assertThat(sections.getFirst().tokens())
                .isEqualTo(PromptTokens.of("Role: You are Nova, a FEMALE guide.\n"));
    }

    @Test
    void saysNothingOfAUserInALog() {
        assertThat(rendered(PromptKind.TEMPLATE, "{{user_name}}").toString())
                .doesNotContain("Asha", "rain");
    }
}
