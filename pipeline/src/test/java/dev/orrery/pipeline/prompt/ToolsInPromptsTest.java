package dev.orrery.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptTool;
import dev.orrery.events.PromptToolCall;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Scenes;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.tool.ToolOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tools add to a prompt: to its messages, its size, its hash. */
class ToolsInPromptsTest {

    private static final Prompt HI = Prompt.of(PromptKind.TEMPLATE, "Hi");

    private static final PromptTool WEATHER =
            PromptTool.newBuilder()
                    .setName("get_weather")
                    .setDescription("Now")
                    .setParameters("{\"type\":\"object\"}")
                    .setHandler("get_weather")
                    .build();

    private static final Exchange LOOKED_UP =
            new Exchange(
                    "Rain?",
                    "Yes, and in Rome.",
                    List.of(
                            call(1, "call_1_1", "{\"city\":\"Oslo\"}", "Rain"),
                            call(1, "call_1_2", "", "Sun"),
                            call(2, "call_2_1", "{\"city\":\"Rome\"}", "Rain")));

    private static CalledTool call(int round, String id, String arguments, String result) {
        return new CalledTool(round, id, "get_weather", arguments, result, "answered", 3);
    }

    private static Scene scene() {
        return Scenes.usual().withHistory(List.of(LOOKED_UP, LOOKED_UP));
    }

    private static ToolOptions options(boolean inHistory, PromptTool... tools) {
        return new ToolOptions(List.of(tools), false, inHistory);
    }

    private static String line(PromptMessage message) {
        return message.getRole()
                + " "
                + message.getContent()
                + message.getToolCalls().stream().map(PromptToolCall::getId).toList()
                + (message.getAnswers() == null ? "" : " of " + message.getAnswers());
    }

    @Test
    void tellEarlierCallsRoundByRoundWhereTheRevisionWantsThem() {
        // when
        var messages = RenderedPrompt.of(HI, scene(), options(true)).messages();

        // then
        assertThat(messages.subList(0, 7))
                .extracting(ToolsInPromptsTest::line)
                .containsExactly(
                        "user Rain?[]",
                        "assistant [turn_1_call_1_1, turn_1_call_1_2]",
                        "tool Rain[] of turn_1_call_1_1",
                        "tool Sun[] of turn_1_call_1_2",
                        "assistant [turn_1_call_2_1]",
                        "tool Rain[] of turn_1_call_2_1",
                        "assistant Yes, and in Rome.[]");
        assertThat(messages.get(1).getToolCalls().getLast().getArguments()).isEqualTo("{}");
        assertThat(line(messages.get(8))).isEqualTo("assistant [turn_2_call_1_1, turn_2_call_1_2]");
    }

    @Test
    void tellEarlierTurnsInWordsAloneElse() {
        // when
        var messages = RenderedPrompt.of(HI, scene(), options(false, WEATHER)).messages();

        // then
        assertThat(messages)
                .hasSize(5)
                .allSatisfy(message -> assertThat(message.getToolCalls()).isEmpty());
    }

    @Test
    void takeRoomOfThePrompt() {
        // given
        var scene = Scenes.usual();

        // when
        var without = RenderedPrompt.of(HI, scene);
        var with = RenderedPrompt.of(HI, scene, options(false, WEATHER));

        // then
        assertThat(with.bytes() - without.bytes())
                .isEqualTo(
                        "get_weather".length() + "Now".length() + "{\"type\":\"object\"}".length());
        assertThat(FittedPrompt.of(HI, scene, options(false, WEATHER), without.tokens()).fits())
                .isFalse();
    }

    @Test
    void changeTheHashAsFarAsAModelSeesThem() {
        // given
        var scene = Scenes.usual();
        var plain = RenderedPrompt.of(HI, scene).hash();
        var offered = RenderedPrompt.of(HI, scene, options(false, WEATHER)).hash();

        // when
        var patient = PromptTool.newBuilder(WEATHER).setTimeoutMillis(9).setHandler("app").build();
        var renamed = PromptTool.newBuilder(WEATHER).setName("weather").build();

        // then
        assertThat(RenderedPrompt.of(HI, scene, options(true)).hash()).isEqualTo(plain);
        assertThat(offered).isNotEqualTo(plain);
        assertThat(RenderedPrompt.of(HI, scene, options(false, patient)).hash()).isEqualTo(offered);
        assertThat(RenderedPrompt.of(HI, scene, options(false, renamed)).hash())
                .isNotEqualTo(offered);
        assertThat(RenderedPrompt.of(HI, scene(), options(true)).hash())
                .isNotEqualTo(RenderedPrompt.of(HI, scene(), options(false)).hash());
    }

    @Test
    void takeRoomOfTheHistoryOnlyWhereTheyAreTold() {
        // given
        var all = List.of(LOOKED_UP, LOOKED_UP);
        long words = 2 * ("Rain?".length() + "Yes, and in Rome.".length());

        // when
        var inWords = new HistoryWindow(9, words).of(all);
        var withCalls = new HistoryWindow(9, words, true).of(all);

        // then
        assertThat(inWords).hasSize(2).allSatisfy(each -> assertThat(each.calls()).isEmpty());
        assertThat(withCalls).isEmpty();
    }
}
