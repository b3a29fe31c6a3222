package dev.orrery.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.CustomValues;
import dev.orrery.pipeline.prompt.variables.Profile;
import dev.orrery.pipeline.prompt.variables.Scenes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a bot says first. */
class GreetingTest {

    private static final CustomValues SHOP = new CustomValues(Map.of("shop", "Moon & Co"));

    private static String rendered(String template, Profile profile) {
        var bot =
                Bot.of(
                        "Nova",
                        "A guide to the sky.",
                        JsonMapper.shared().readTree("{\"custom\": {\"shop\": \"Moon & Co\"}}"));
        return Greeting.render(template, Scenes.TURN, Scenes.ACCEPTED, bot, profile);
    }

    @Test
    void knowsTheBotTheUserAndTheMoment() {
        // when
        var greeting =
                rendered(
                        "Namaste {{user_name}}, {{bot_name}} of {{custom.shop}} here. A fine {{day_of_week}}!",
                        Scenes.profile(Scenes.ASHA));

        // then
        assertThat(greeting).isEqualTo("Namaste Asha, Nova of Moon & Co here. A fine Thursday!");
    }

    @Test
    void neverLooksIntoWhatAUserSays() {
        // when
        var greeting = rendered("Hi {{user_name}}", Scenes.profile("{\"name\": \"{{bot_name}}\"}"));

        // then
        assertThat(greeting).isEqualTo("Hi {{bot_name}}");
    }

    @Test
    void saysNothingWhereAllIsUnknown() {
        assertThat(rendered(" {{user_name}} ", Profile.EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_message",
                "conversation_history",
                "conversation_summary",
                "user_astro_data",
                "custom.other",
                " user_name ",
                "nobody"
            })
    void cannotKnowWhatOnlyAMessageBrings(String name) {
        // given
        var template = "Hi {{" + name + "}}";

        // then
        assertThat(Greeting.unknownNames(template, SHOP)).containsExactly(name);
        assertThat(rendered(template, Profile.EMPTY)).isEqualTo(template);
    }

    @Test
    void hasNothingUnknownInWhatItKnows() {
        // given
        var names = Greeting.knownNames();

        // then
        for (var name : names) {
            assertThat(Greeting.unknownNames("{{" + name + "}}{{custom.shop}}", SHOP)).isEmpty();
        }
        assertThat(names).contains("user_name", "bot_name", "current_time");
    }
}
