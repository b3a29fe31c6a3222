package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.pipeline.prompt.Greeting;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.lint.LintContext;
import dev.orrery.pipeline.prompt.lint.PromptLint;
import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.CustomValues;
import dev.orrery.pipeline.prompt.variables.Profile;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.ValueRules;
import dev.orrery.pipeline.safety.Safety;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** The prompts that are shipped. */
class DemoBotsTest {

    static Stream<DemoBot> bots() {
        return DemoBots.ALL.stream();
    }

    private static String rendered(DemoBot bot, List<String> memories, String... factKinds)
            throws IOException {
        var facts = new ArrayList<Fact>();
        for (var kind : factKinds) {
            facts.add(
                    Fact.newBuilder()
                            .setKind(kind)
                            .setState(FactState.FRESH)
                            .setLayer(CacheLayer.API)
                            .setText("\n### Kundli Data\n\n- Moon: Taurus\n")
                            .build());
        }
        var json = JsonMapper.shared();
        var scene =
                new Scene(
                        UUID.fromString("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001"),
                        Instant.parse("2026-01-15T09:15:00Z"),
                        Bot.of(bot.name(), bot.description(), json.readTree(bot.metadata())),
                        new Profile(json.readTree("{\"name\": \"Asha\", \"gender\": \"female\"}")),
                        "Will I marry?",
                        List.of(),
                        facts,
                        memories,
                        ValueRules.NONE);
        var kind = PromptKind.named(bot.kind()).orElseThrow();
        return Prompt.of(kind, bot.promptText()).render(scene);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(String yaml) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static Object said(Map<String, Object> document, String key) {
        return Objects.requireNonNull(document.get(key), key);
    }

    @ParameterizedTest
    @MethodSource("bots")
    void haveNothingThatTheLintFinds(DemoBot bot) throws IOException {
        // when
        var findings =
                PromptLint.findings(
                        PromptKind.named(bot.kind()).orElseThrow(),
                        bot.promptText(),
                        LintContext.of(
                                PromptOptions.NONE, JsonMapper.shared().readTree(bot.metadata())));

        // then
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bots")
    void greetWithNothingThatIsNotKnownWhenASessionBegins(DemoBot bot) {
        // given
        var metadata = JsonMapper.shared().readTree(bot.metadata());
        var greeting = metadata.path("greeting").asString("");

        // then
        assertThat(greeting).isNotBlank();
        assertThat(Greeting.unknownNames(greeting, CustomValues.of(metadata.get("custom"))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bots")
    void havePoliciesThatCanBeRead(DemoBot bot) throws IOException {
        // given
        var stated = Objects.requireNonNullElse(bot.safety(), "null");

        // when
        var safety = Safety.of(JsonMapper.shared().readTree("{\"safety\": " + stated + "}"));

        // then
        assertThat(safety.isOn()).isEqualTo(bot.safety() != null);
        assertThat(safety.crisis().textFor("en", "IN")).contains("14416");
    }

    @Test
    void haveMiraSpeakTheLanguageOfWhoeverNeedsHelp() throws IOException {
        // given
        var stated = Objects.requireNonNull(DemoBot.MIRA.safety());

        // when
        var crisis =
                Safety.of(JsonMapper.shared().readTree("{\"safety\": " + stated + "}")).crisis();

        // then
        assertThat(crisis.textFor("en", "IN")).startsWith("Thank you for trusting me");
        assertThat(crisis.textFor("hi-IN", "IN")).startsWith("मुझ पर भरोसा");
        assertThat(crisis.textFor("HINGLISH", "IN")).startsWith("Mujh par bharosa");
    }

    @Test
    void sayWhatMiraIsInTheOrderThatModelsReadIt() throws IOException {
        // when
        var always = read(rendered(DemoBot.MIRA, List.of()));
        var everything =
                read(
                        rendered(
                                DemoBot.MIRA,
                                List.of("Likes tea"),
                                "birth_chart",
                                "second_birth_chart"));

        // then
        assertThat(always.keySet())
                .containsExactly(
                        "Role",
                        "Query House Mapping",
                        "Analysis Steps",
                        "Response Format",
                        "Guidelines",
                        "Daily Context");
        assertThat(everything.keySet())
                .startsWith(always.keySet().toArray(String[]::new))
                .endsWith("Past User Memories", "First Profile Kundli", "Second Profile Kundli");
        assertThat(everything.get("First Profile Kundli"))
                .isEqualTo("\n### Kundli Data\n\n- Moon: Taurus\n");
        assertThat(always.get("Role"))
                .asString()
                .startsWith("You are Mira, a FEMALE experienced Vedic astrologer");
    }

    @Test
    @SuppressWarnings("unchecked")
    void giveMiraHerHousesHerStepsAndHerGuidelines() throws IOException {
        // when
        var mira = read(rendered(DemoBot.MIRA, List.of()));

        // then
        var topics = (Map<String, Map<String, String>>) said(mira, "Query House Mapping");
        assertThat(topics.keySet())
                .containsExactly("Marriage", "Career", "Health", "Wealth", "Education", "Family");
        assertThat(topics.values())
                .allSatisfy(topic ->
                        assertThat(topic.keySet())
                                .containsExactly(
                                        "Houses To Analyze",
                                        "Karaka Planets",
                                        "Special Checks",
                                        "Timing Triggers"));
        assertThat(topics.get("Marriage"))
                .containsEntry("Houses To Analyze", "7, 2, 11, 8")
                .containsEntry("Karaka Planets", "Venus, Jupiter");
        assertThat(topics.get("Career"))
                .containsEntry("Houses To Analyze", "10, 1, 2, 6, 11")
                .containsEntry("Karaka Planets", "Sun, Saturn, Mercury");
        assertThat(((Map<String, Object>) said(mira, "Analysis Steps")).keySet())
                .containsExactly("Core", "Analysis", "Timing", "Response Crafting");
        var format = (Map<String, Object>) said(mira, "Response Format");
        assertThat(format.keySet())
                .containsExactly(
                        "Structure", "Style", "Language", "Response Instructions", "Length");
        assertThat((List<String>) said(format, "Response Instructions")).hasSize(7);
        assertThat((List<String>) said(mira, "Guidelines"))
                .hasSize(8)
                .anySatisfy(each -> assertThat(each).contains("AI system"));
        assertThat(mira.get("Daily Context"))
                .isEqualTo(
                        Map.of(
                                "Date", "15 January 2026",
                                "Time", "02:45 PM",
                                "Day of week", "Thursday"));
    }

    @Test
    void letTaraTalkWithoutDataFromOutside() throws IOException {
        // when
        var tara = rendered(DemoBot.TARA, List.of());

        // then
        assertThat(tara)
                .startsWith("You are Tara. A companion who listens well")
                .contains("veranda", "Asha", "a little teasing")
                .doesNotContain("{{", "Kundli");
    }
}
