package dev.orrery.llm.model;

import static dev.orrery.llm.model.Conversation.Role.ASSISTANT;
import static dev.orrery.llm.model.Conversation.Role.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtteranceTest {

    @Test
    void joinsWhatOneSideSaysInARow() {
        assertThat(
                        Utterance.alternating(
                                List.of(
                                        new Message(USER, "a"),
                                        new Message(USER, "b"),
                                        new Message(ASSISTANT, "c"),
                                        new Message(USER, "d"))))
                .containsExactly(
                        new Utterance(USER, "a", "b"),
                        new Utterance(ASSISTANT, "c"),
                        new Utterance(USER, "d"));
    }

    @Test
    void joinsTheSidesOfABlankMessage() {
        assertThat(
                        Utterance.alternating(
                                List.of(
                                        new Message(USER, "a"),
                                        new Message(ASSISTANT, " \n"),
                                        new Message(USER, "b"))))
                .containsExactly(new Utterance(USER, "a", "b"));
    }

    @Test
    void letsTheUsersSideTellWhatCameOfACallBeforeItSaysMore() {
        // given
        var call = new ToolCall("call00001", "now", "{}");
        var messages =
                List.of(
                        new Message(USER, "a"),
                        Message.calling(" ", call),
                        Message.result("call00001", ""),
                        new Message(USER, "b"));

        // when
        var utterances = Utterance.alternating(messages);

        // then
        assertThat(utterances)
                .containsExactly(
                        new Utterance(USER, "a"),
                        new Utterance(ASSISTANT, List.of(new Utterance.Call(call))),
                        new Utterance(
                                USER,
                                List.of(new Utterance.Result(call, ""), new Utterance.Text("b"))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void letsTheUserBeginAndTheSidesTakeTurns(long seed) {
        // given
        var random = new Random(seed);
        var messages =
                Stream.generate(() ->
                                new Message(
                                        Role.values()[random.nextInt(2)],
                                        random.nextInt(4) == 0 ? " " : "x"))
                        .limit(50)
                        .toList();

        // when
        var utterances = Utterance.alternating(messages);

        // then
        for (int i = 0; i < utterances.size(); i++) {
            assertThat(utterances.get(i).role()).isEqualTo(i % 2 == 0 ? USER : ASSISTANT);
            assertThat(utterances.get(i).parts())
                    .isNotEmpty()
                    .allMatch(part -> part instanceof Utterance.Text(var text) && !text.isBlank());
        }
    }
}
