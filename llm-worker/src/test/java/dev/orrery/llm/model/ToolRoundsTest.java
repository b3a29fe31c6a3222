package dev.orrery.llm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which conversations with tools make sense. Written as letters: {@code u} the user, {@code a} the
 * assistant, {@code c1} a call and {@code c12} two at once, {@code r1} the result of one.
 */
class ToolRoundsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u",
                "u c1 r1",
                "u c12 r2 r1",
                "u c1 r1 a u c1 r1 u",
                "u c1 r1 c2 r2",
                "a u a u c1 r1 u"
            })
    void answersEveryCallOnceBeforeAnythingElseIsSaid(String said) {
        assertThat(ToolRounds.breach(messages(said))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "u r1, 1, tool_call_id",
        "u c1 r2, 2, tool_call_id",
        "u c1 r1 r1, 3, tool_call_id",
        "u c1 u, 1, tool_calls",
        "u c1 a, 1, tool_calls",
        "u c1, 1, tool_calls",
        "u c12 r1, 1, tool_calls",
        "u c1 r1 c2 u, 3, tool_calls",
        "u c11 r1, 1, tool_calls",
        "c1 r1 u, 0, tool_calls",
        "b c1 r1, 1, tool_calls"
    })
    void saysWhatIsWrongFirst(String said, int message, String field) {
        // when
        var breach = Objects.requireNonNull(ToolRounds.breach(messages(said)));

        // then
        assertThat(breach.message()).isEqualTo(message);
        assertThat(breach.field()).isEqualTo(field);
        assertThat(breach.what()).contains("expected");
    }

    @Test
    void givesCallsIdsThatNoProviderRefusesAndNoCallShares() {
        // when
        var numbered = ToolRounds.numbered(messages("u c12 r2 r1 u c1 r1"));

        // then
        assertThat(numbered.stream().flatMap(message -> message.calls().stream()).map(ToolCall::id))
                .containsExactly("call00001", "call00002", "call00003")
                .allMatch(id -> id.matches("[a-zA-Z0-9]{9}"));
        assertThat(numbered.stream().map(Message::answers).filter(Objects::nonNull))
                .containsExactly("call00002", "call00001", "call00003");
    }

    @Test
    void givesTheSameIdsAgain() {
        // given
        var numbered = ToolRounds.numbered(messages("u c12 r2 r1 u c1 r1"));

        // when / then
        assertThat(ToolRounds.numbered(numbered)).isEqualTo(numbered);
    }

    @Test
    void holdForEveryConversation() {
        assertThatThrownBy(() -> new Conversation("", messages("u c1 u"), null, null, null, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("messages[1].tool_calls: 1 without a result");
    }

    private static List<Message> messages(String said) {
        return Stream.of(said.split(" ")).map(ToolRoundsTest::message).toList();
    }

    private static Message message(String letters) {
        return switch (letters.charAt(0)) {
            case 'u' -> new Message(Role.USER, "Well?");
            case 'b' -> new Message(Role.USER, " ");
            case 'a' -> new Message(Role.ASSISTANT, "Yes.");
            case 'c' -> Message.calling("", calls(letters.substring(1)));
            default -> Message.result(letters.substring(1), "It rains.");
        };
    }

    private static ToolCall[] calls(String ids) {
        return ids.chars()
                .mapToObj(id -> new ToolCall(String.valueOf((char) id), "now", "{}"))
                .toArray(ToolCall[]::new);
    }
}
