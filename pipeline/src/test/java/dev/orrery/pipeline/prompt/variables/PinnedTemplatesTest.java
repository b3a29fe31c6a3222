package dev.orrery.pipeline.prompt.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.template.Template;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pinned cases, byte for byte, whatever language the server speaks. */
class PinnedTemplatesTest {

    private static final String A = "{\"name\": \"A\"}";

    private final Locale before = Locale.getDefault();

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    static Stream<String> languages() {
        return Stream.of("en-US", "en-IN", "hi-IN", "tr-TR", "ar-EG", "th-TH-u-nu-thai");
    }

    static Stream<Arguments> edgeCases() {
        var none = "{\"name\": \"A\", \"age\": null}";
        return Stream.of(
                        new String[] {"TV-E1", "{{user_name}}{{user_name}}", A, "AA"},
                        unchanged("TV-E2", "{{unknown}} {{ user_name }} {{User_Name}}"),
                        new String[] {"TV-E3", "{{user_age}}|", "{\"age\": 0}", "|"},
                        new String[] {"TV-E3", "{{user_age}}|", none, "|"},
                        new String[] {"TV-E3", "{{user_age}}|", "{\"age\": false}", "|"},
                        unchanged("TV-E4", "{{{user_name}}}"),
                        unchanged("TV-E5", "{{user\n_name}} {{}} {{user_name"),
                        new String[] {"TV-E6", "{{user_name}}", "{\"name\": \"$1\\\\1\"}", "$1\\1"},
                        unchanged("TV-E7", "{{ {{user_name}} }}"),
                        new String[] {
                            "TV-E9", "{{{user_name}}} {{user_name}}", A, "{{{user_name}}} A"
                        },
                        new String[] {
                            "TV-E10",
                            "{{ {{user_name}} }} {{user_name}}",
                            A,
                            "{{ {{user_name}} }} A"
                        })
                .flatMap(each ->
                        languages()
                                .map(language ->
                                        Arguments.of(
                                                language, each[0], each[1], each[2], each[3])));
    }

    private static String[] unchanged(String id, String template) {
        return new String[] {id, template, A, template};
    }

    @ParameterizedTest
    @MethodSource("edgeCases")
    void renderAsPinned(
            String language, String id, String template, String profile, String expected) {
        // given
        Locale.setDefault(Locale.forLanguageTag(language));

        // when
        var rendered = Template.of(template).render(Scenes.withProfile(profile));

        // then
        assertThat(rendered).as(id).isEqualTo(expected);
    }

    /** TV-E8: what a user writes is never looked at again. */
    @ParameterizedTest
    @MethodSource("languages")
    void leaveWhatAUserWritesAlone(String language) {
        // given
        Locale.setDefault(Locale.forLanguageTag(language));
        var scene = Scenes.withMessage("leak {{user_name}} {{bot_name}}");

        // when
        var rendered = Template.of("{{user_message}} {{user_name}}").render(scene);

        // then
        assertThat(rendered).isEqualTo("leak {{user_name}} {{bot_name}} Asha");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void renderTheExampleByteForByte(String language) {
        // given
        Locale.setDefault(Locale.forLanguageTag(language));
        var template =
                """

                Assistant: {{bot_name}}
                User: {{user_name}} ({{user_age}}, {{user_gender}})
                Now: {{day_of_week}}, {{current_date}}, {{current_time}}
                Says: {{user_message}}
                """;

        // when
        var rendered = Template.of(template).render(Scenes.usual());

        // then
        assertThat(rendered)
                .isEqualTo(
                        """

                        Assistant: Nova
                        User: Asha (31, female)
                        Now: Thursday, 15 January 2026, 02:45 PM
                        Says: Will it rain?
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-IN", "hi-IN", "tr-TR"})
    void writeMidnightAndNoonAsTwelve(String language) {
        // given
        Locale.setDefault(Locale.forLanguageTag(language));
        var template = Template.of("{{current_date}}, {{current_time}}, {{day_of_week}}");

        // when
        var midnight = template.render(Scenes.at(Instant.parse("2026-03-04T18:35:00Z")));
        var noon = template.render(Scenes.at(Instant.parse("2026-03-05T06:35:00Z")));

        // then
        assertThat(midnight).isEqualTo("05 March 2026, 12:05 AM, Thursday");
        assertThat(noon).isEqualTo("05 March 2026, 12:05 PM, Thursday");
    }
}
