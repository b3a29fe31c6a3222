package dev.orrery.llm.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.model.ToolChoice;
import dev.orrery.llm.testing.ChatModelContract;
import dev.orrery.llm.testing.DetailsContract;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.testing.ToolsContract;
import dev.orrery.llm.testing.WholeAnswerContract;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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

    @Test
    void givesASignatureBackToTheModelThatHasMadeIt() {
        // given
        var call = signed("model-1");

        // when
        var asked = askedWith(call);

        // then
        assertThat(asked.at("/contents/1/parts/0/thoughtSignature").asString())
                .isEqualTo("c2lnbmVk");
    }

    @Test
    void givesNoSignatureToAModelThatHasNotMadeIt() {
        // given
        var call = signed("model-2");

        // when
        var asked = askedWith(call);

        // then
        assertThat(call.signature()).isNotNull();
        assertThat(asked.at("/contents/1/parts/0/thoughtSignature").asString())
                .isEqualTo("skip_thought_signature_validator");
    }

    @Test
    void givesNoSignatureToAnotherKey() {
        // given
        var ours = new ToolCall("c", "now", "{}", signatures("key-1").sealed("c2lnbmVk"));

        // when
        var opened = signatures("key-2").opened(ours);

        // then
        assertThat(opened).isEqualTo("skip_thought_signature_validator");
        assertThat(signatures("key-1").opened(ours)).isEqualTo("c2lnbmVk");
        assertThat(ours.signature()).doesNotContain("key-1");
    }

    private static Signatures signatures(String key) {
        var address = URI.create("http://localhost/v1beta");
        return Signatures.at(new GeminiEndpoint(address, key, Map.of())).of("model-1");
    }

    /** A call of a model that signs it. */
    private ToolCall signed(String byModel) {
        provider.playing(
                PlayedAnswer.events(
                        parts(
                                """
                                {"functionCall":{"name":"get_weather","args":{}},"thoughtSignature":"c2lnbmVk"}\
                                """),
                        finish("STOP", USAGE)));
        var said = Heard.of(model().stream(Prompts.plain(byModel))).fragments().getFirst();
        return new ToolCall("c", "get_weather", said.arguments(), said.signature());
    }

    /** What {@code model-1} is asked with the result of a call. */
    private JsonNode askedWith(ToolCall call) {
        provider.playing(answering("Rain."));
        Heard.of(
                model().stream(
                        Prompts.toolsOf(
                                ToolChoice.Mode.AUTO,
                                Prompts.user("Weather?"),
                                Message.calling("", call),
                                Message.result(call.id(), "It rains."))));
        return Json.of(provider.asked().getLast().body());
    }
}
