package dev.orrery.llm.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.testing.ChatModelContract;
import dev.orrery.llm.testing.DetailsContract;
import dev.orrery.llm.testing.ToolsContract;
import dev.orrery.llm.testing.WholeAnswerContract;
import org.junit.jupiter.api.Test;

class GeminiChatModelTest extends GeminiBench
        implements ChatModelContract, WholeAnswerContract, DetailsContract, ToolsContract {

    @Test
    void takesTheStreamForFinishedThoughTheResponseStaysOpen() {
        // when
        var heard = hear(answering("Hi").thenSilence());

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }
}
