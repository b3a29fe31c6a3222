package dev.orrery.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.Prompt;
import dev.orrery.simulator.call.CallState;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What the adapter sends, and what it makes of answers. */
class OpenAiChatModelTest extends SimulatedOpenAi {

    @Test
    void streamsTextThenTheFinishThenWhatItCost() {
        // when
        var chunks = ask("sim/3-tokens");

        // then
        assertThat(chunks.subList(0, 3)).hasOnlyElementsOfType(ModelChunk.TextDelta.class);
        assertThat(chunks.get(3)).isInstanceOf(ModelChunk.Finished.class);
        assertThat(chunks.get(4)).isInstanceOf(ModelChunk.Usage.class);
        assertThat(chunks).hasSize(5);
    }

    @Test
    void passesEveryPieceOnBeforeTheNextOneIsThere() {
        // given
        var stream = model(null).stream(prompt("sim/2-tokens+silence-after-1"));

        // when
        var first = stream.filter(SimulatedOpenAi::isAnswer).blockFirst(PATIENCE);

        // then
        assertThat(first).isInstanceOf(ModelChunk.TextDelta.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"split-events-1-bytes", "split-events", "joined-events", "comments", "crlf"})
    void readsTheSameAnswerHoweverItIsPackaged(String packaging) {
        // given
        var plain = text(ask("sim/20-tokens"));

        // when
        var packaged = text(ask("sim/20-tokens+" + packaging));

        // then
        assertThat(packaged).isEqualTo(plain).isNotBlank();
    }

    @Test
    void readsTheSameAnswerWholeAsStreamed() {
        // given
        var streamed = text(ask("sim/20-tokens"));
        var prompt = new Prompt("sim/20-tokens", null, conversation(), PATIENCE, false);

        // when
        var whole = all(model(null).stream(prompt));

        // then
        assertThat(text(whole)).isEqualTo(streamed);
        assertThat(whole).hasAtLeastOneElementOfType(ModelChunk.Usage.class);
    }

    @Test
    void keepsACharacterWholeThatComesInTwoPackets() {
        // when
        var text = text(ask("sim/5-tokens+split-utf8"));

        // then
        assertThat(text).contains("☉").doesNotContain("\uFFFD");
    }

    @Test
    void closesTheConnectionToACallThatIsCancelled() {
        // given
        var running = model(null).stream(prompt("sim/silence-after-1")).subscribe();
        await().until(() -> provider.openai().calls().count("sim/silence-after-1") == 1);

        // when
        running.dispose();

        // then
        await().untilAsserted(() ->
                assertThat(provider.openai().calls().all().getFirst().state())
                        .isEqualTo(CallState.CANCELLED));
    }

    @Test
    void sendsTheConversationAsTheProviderWantsIt() {
        // given
        var conversation =
                new Conversation(
                        "You are Mira.",
                        List.of(
                                new Message(Role.USER, "Hi"),
                                new Message(Role.ASSISTANT, "Hello."),
                                new Message(Role.USER, "Will I be \"famous\"?")),
                        0.5,
                        0.9,
                        40,
                        200);

        // when
        model(null).stream(new Prompt("sim/ok", null, conversation, PATIENCE)).blockLast(PATIENCE);

        // then
        assertThat(sent())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"model": "sim/ok", "stream": true, "stream_options": {"include_usage": true},
                                         "messages": [{"role": "system", "content": "You are Mira."},
                                                      {"role": "user", "content": "Hi"},
                                                      {"role": "assistant", "content": "Hello."},
                                                      {"role": "user", "content": "Will I be \\"famous\\"?"}],
                                         "temperature": 0.5, "top_p": 0.9, "max_tokens": 200}
                                        """));
    }

    @Test
    void sendsKeyAndHeadersOfItsEndpoint() {
        // when
        model("sk-1").stream(prompt("sim/ok")).blockLast(PATIENCE);

        // then
        var received = provider.openai().calls().all().getFirst().received();
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-1");
        assertThat(received.header("x-title")).isEqualTo("Orrery");
        assertThat(received.header("accept")).isEqualTo("text/event-stream");
    }

    @Test
    void saysNothingOfItsKeyWhenItIsPrinted() {
        // when
        var printed = endpoint(URI.create("http://localhost/v1"), "sk-1").toString();

        // then
        assertThat(printed).doesNotContain("sk-1");
    }
}
