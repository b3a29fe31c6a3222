package dev.orrery.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orrery.events.PhraseList;
import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.TextPolicy;
import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.pipeline.fallback.RegionWish;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptHash;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.safety.Safety;
import dev.orrery.pipeline.tool.CalledTool;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What goes with the texts of a prompt: the chain and its sampling, the policy, the tools. */
class PromptTermsTest extends ScriptedFlow {

    @Test
    void givesTheWholeChainTheOneSystemInstructionAndTheRevisionsSampling() {
        // when
        var prompt = prompt(context(revision("Hi"), 1));

        // then
        assertThat(prompt.getAttempts())
                .extracting(PlannedAttempt::getProvider)
                .containsExactly("openai", "groq");
        assertThat(prompt)
                .returns(0.7, PromptRendered::getTemperature)
                .returns(null, PromptRendered::getTopP)
                .returns(40, PromptRendered::getTopK)
                .returns(500, PromptRendered::getMaxOutputTokens);
    }

    @Test
    void stampsThePolicyOfTheRevisionWithHelpForThisUser() {
        // given
        safety =
                Safety.of(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"safety": {
                                          "input": {"rules": true, "phrases": {"violence": ["build a bomb"]},
                                                    "model": "openai/omni-moderation-latest", "when_unavailable": "refuse"},
                                          "crisis": {"help_text": {"en": "Talk to somebody."},
                                                     "contacts": {"DE": ["0800 1110111"], "default": ["Z"]}}}}
                                        """));

        // when
        var policy = Objects.requireNonNull(prompt(context(revision("Hi"), 1)).getSafety());

        // then
        assertThat(policy.getHelpText()).isEqualTo("Talk to somebody.\n\n• 0800 1110111");
        assertThat(policy.getInput())
                .isEqualTo(
                        TextPolicy.newBuilder()
                                .setBuiltIn(true)
                                .setPhrases(
                                        List.of(
                                                new PhraseList(
                                                        "violence", List.of("build a bomb"))))
                                .setProvider("openai")
                                .setModel("omni-moderation-latest")
                                .setRefusesUnjudged(true)
                                .build());
        assertThat(policy.getOutput()).isEqualTo(TextPolicy.newBuilder().build());
    }

    @Test
    void stampsNoPolicyWhereTheRevisionHasNone() {
        assertThat(prompt(context(revision("Hi"), 1)).getSafety()).isNull();
    }

    @Test
    void asksInTheRegionsThatAreNearTheUser() {
        // given
        var wish = ChainWish.of("bedrock", "m", 0).in(RegionWish.all(null, null));

        // when
        var prompt = prompt(context(revision("Hi", wish, 20, 16_000), 1));

        // then
        assertThat(prompt.getAttempts())
                .extracting(PlannedAttempt::getProvider, PlannedAttempt::getRegion)
                .containsExactly(
                        tuple("bedrock", "eu-west-1"),
                        tuple("bedrock", "us-east-1"),
                        tuple("gemini", null));
    }

    @Test
    void offersTheToolsOfTheRevisionAndHashesThem() {
        // given
        var options =
                PromptOptions.of(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"tools": [{"name": "get_weather", "handler": "get_weather", "timeout_ms": 900}],
                                         "tools_required": true}
                                        """));
        var revision =
                revision(
                        Prompt.of(PromptKind.TEMPLATE, "Hi"),
                        options,
                        ChainWish.of("openai", "a", 0),
                        20,
                        16_000);

        // when
        var prompt = prompt(context(revision, 1));

        // then
        assertThat(prompt.getTools()).isEqualTo(options.tools().offered()).hasSize(1);
        assertThat(prompt.getToolsRequired()).isTrue();
        assertThat(prompt.getPromptHash())
                .isEqualTo(PromptHash.of("Hi", prompt.getMessages(), prompt.getTools()))
                .isNotEqualTo(PromptHash.of("Hi", prompt.getMessages()));
    }

    @Test
    void tellsEarlierCallsForToolsWhereTheRevisionWantsThem() {
        // given
        var call = new CalledTool(1, "call_1_1", "get_weather", "{}", "Rain", "answered", 9);
        history.add(new Exchange("Rain?", "Yes.", List.of(call)));
        var options = PromptOptions.of(JsonMapper.shared().readTree("{\"history_tools\": true}"));
        var revision =
                revision(
                        Prompt.of(PromptKind.TEMPLATE, "Hi"),
                        options,
                        ChainWish.of("openai", "a", 0),
                        20,
                        16_000);

        // when
        var prompt = prompt(context(revision, 2));

        // then
        assertThat(prompt.getMessages())
                .extracting(PromptMessage::getRole)
                .containsExactly("user", "assistant", "tool", "assistant", "user");
        assertThat(prompt.getMessages().get(2).getContent()).isEqualTo("Rain");
    }
}
