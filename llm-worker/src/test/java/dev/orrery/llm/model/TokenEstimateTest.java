package dev.orrery.llm.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEstimateTest {

    @ParameterizedTest
    @CsvSource({"'', 0", "a, 1", "abcd, 1", "abcde, 2", "Good day., 3"})
    void isAQuarterOfTheBytesRoundedUp(String text, long tokens) {
        // when
        var estimate = TokenEstimate.of(text);

        // then
        assertThat(estimate).isEqualTo(tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "é", "नमस्ते", "€", "😀 and 😀"})
    void countsTheBytesOfUtf8(String text) {
        // when
        var bytes = TokenEstimate.bytes(text);

        // then
        assertThat(bytes).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void countsTheHalvesOfACharacterAsItsHalves() {
        // given
        var whole = "😀";

        // when
        var halves =
                TokenEstimate.bytes(whole.substring(0, 1))
                        + TokenEstimate.bytes(whole.substring(1));

        // then
        assertThat(halves).isEqualTo(TokenEstimate.bytes(whole));
    }

    @Test
    void countsEverythingThatAModelIsSent() {
        // given
        var conversation =
                new Conversation(
                        "12345678",
                        List.of(new Conversation.Message(Conversation.Role.USER, "1234")),
                        null,
                        null,
                        null,
                        100,
                        List.of(new Tool("chart", "Draws.", "{}")));

        // when
        var usage = TokenEstimate.usage(conversation, 9);

        // then
        assertThat(usage).isEqualTo(new ModelChunk.Usage(7, 3, null, null));
    }

    @Test
    void countsCallsForToolsAndTheirResults() {
        // given
        var conversation =
                new Conversation(
                        "",
                        List.of(
                                new Conversation.Message(Conversation.Role.USER, "1234"),
                                Conversation.Message.calling(
                                        "", new ToolCall("c", "chart", "{\"a\":10}")),
                                Conversation.Message.result("c", "12345678")),
                        null,
                        null,
                        null,
                        100);

        // when
        var usage = TokenEstimate.usage(conversation, 0);

        // then
        assertThat(usage.inputTokens()).isEqualTo((4 + 5 + 8 + 8 + 3) / 4);
    }
}
