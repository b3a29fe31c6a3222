package dev.orrery.llm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {

    private static final Tool CHART = new Tool("chart", "Draws.", "{\"type\":\"object\"}");
    private static final List<Message> ROUND =
            List.of(
                    new Message(Role.USER, "Weather?"),
                    Message.calling(
                            "One moment.", new ToolCall("c", "weather", "{\"at\":\"Oslo\"}")),
                    Message.result("c", "It rains."));

    @Test
    void tellsAModelWithoutToolsInWordsWhatCameOfThem() {
        // when
        var plain = conversation(ROUND, List.of(CHART), ToolChoice.Mode.REQUIRED).withoutTools();

        // then
        assertThat(plain.hasTools()).isFalse();
        assertThat(plain.messages())
                .containsExactly(
                        new Message(Role.USER, "Weather?"),
                        new Message(
                                Role.ASSISTANT,
                                "One moment.\nI need the result of weather for {\"at\":\"Oslo\"}."),
                        new Message(Role.USER, "Result of weather: It rains."));
    }

    @Test
    void knowsToolsThatWereCalledWhereNoneIsOnOffer() {
        assertThat(conversation(ROUND, List.of(), ToolChoice.Mode.AUTO).knownTools())
                .containsExactly(Tool.called("weather"));
        assertThat(conversation(ROUND, List.of(CHART), ToolChoice.Mode.AUTO).knownTools())
                .containsExactly(CHART);
    }

    @Test
    void letsNoToolBeCalledWhereNoneIsOnOfferOrNoneIsWanted() {
        assertThat(conversation(ROUND, List.of(), ToolChoice.Mode.AUTO).mayCall()).isFalse();
        assertThat(conversation(ROUND, List.of(CHART), ToolChoice.Mode.NONE).mayCall()).isFalse();
        assertThat(conversation(ROUND, List.of(CHART), ToolChoice.Mode.AUTO).mayCall()).isTrue();
    }

    @Test
    void refusesAChoiceThatNoToolIsThereFor() {
        assertThatThrownBy(() -> conversation(ROUND, List.of(), ToolChoice.Mode.REQUIRED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> conversation(ROUND, List.of(CHART), new ToolChoice.Named("weather")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "nonsense", "{} {}", "{\"a\":}"})
    void refusesArgumentsThatAreNoObject(String arguments) {
        assertThatThrownBy(() -> new ToolCall("c", "weather", arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("arguments of a call of weather");
    }

    @Test
    void keepsArgumentsAsTheyWereWritten() {
        assertThat(new ToolCall("c", "weather", " {\"x\": 1.10} ").arguments())
                .isEqualTo("{\"x\": 1.10}");
        assertThat(new ToolCall("c", "weather", "").arguments()).isEqualTo("{}");
    }

    @Test
    void letsOnlyTheAssistantCallAndOnlyToolsAnswer() {
        assertThatThrownBy(() ->
                        new Message(Role.USER, "", List.of(new ToolCall("c", "weather", "")), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Message(Role.TOOL, "It rains."))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Conversation conversation(
            List<Message> messages, List<Tool> tools, ToolChoice choice) {
        return new Conversation("", messages, null, null, null, 10, tools, choice);
    }
}
