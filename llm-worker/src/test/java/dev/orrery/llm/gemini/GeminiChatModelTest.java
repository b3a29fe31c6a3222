package dev.orrery.llm.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.testing.ChatModelContract;
import org.junit.jupiter.api.Test;

class GeminiChatModelTest extends GeminiBench implements ChatModelContract {

    @Test
    void takesTheStreamForFinishedThoughTheResponseStaysOpen() {
        // when
        var heard = hear(answering("Hi").thenSilence());

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }
}
