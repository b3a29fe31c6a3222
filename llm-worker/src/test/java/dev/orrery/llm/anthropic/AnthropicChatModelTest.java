package dev.orrery.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.testing.ChatModelContract;
import dev.orrery.llm.testing.DetailsContract;
import dev.orrery.llm.testing.ToolsContract;
import dev.orrery.llm.testing.WholeAnswerContract;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnthropicChatModelTest extends AnthropicBench
        implements ChatModelContract, WholeAnswerContract, DetailsContract, ToolsContract {

    @Test
    void takesTheStreamForFinishedThoughTheResponseStaysOpen() {
        // when
        var heard = hear(answering("Hi").thenSilence());

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @Test
    void tellsNothingOfItsKey() {
        assertThat(new AnthropicEndpoint(URI.create("https://host/v1"), "key-1", Map.of()))
                .hasToString("AnthropicEndpoint[https://host/v1]");
    }
}
