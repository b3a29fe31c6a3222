package dev.orrery.llm.bedrock;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.Utterance;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** Prompts as requests of Converse. */
final class ConverseRequests {

    private static final double HOTTEST_CLAUDE = 1;

    private ConverseRequests() {}

    /** The request for a whole answer: the same in everything. */
    static ConverseRequest whole(Prompt prompt, CallProgress progress) {
        var streamed = of(prompt, progress);
        return ConverseRequest.builder()
                .modelId(streamed.modelId())
                .messages(streamed.messages())
                .system(streamed.system())
                .inferenceConfig(streamed.inferenceConfig())
                .toolConfig(streamed.toolConfig())
                .additionalModelRequestFields(streamed.additionalModelRequestFields())
                .overrideConfiguration(progress.attached())
                .build();
    }

    static ConverseStreamRequest of(Prompt prompt, CallProgress progress) {
        var conversation = prompt.conversation();
        var request =
                ConverseStreamRequest.builder()
                        .modelId(prompt.model())
                        .messages(
                                Utterance.alternating(conversation.messages()).stream()
                                        .map(Blocks::message)
                                        .toList())
                        .inferenceConfig(inference(prompt.model(), conversation))
                        .additionalModelRequestFields(topK(prompt.model(), conversation.topK()))
                        .overrideConfiguration(progress.attached());
        if (!conversation.systemInstruction().isBlank()) {
            request.system(SystemContentBlock.fromText(conversation.systemInstruction()));
        }
        return request.toolConfig(ToolConfigurations.of(conversation)).build();
    }

    /**
     * Claude refuses a temperature beside {@code topP} since version 4.1 and one above 1 ever
     * since; where both are wanted, the temperature is sent alone.
     */
    private static InferenceConfiguration inference(String model, Conversation conversation) {
        boolean claude = isClaude(model);
        var temperature = conversation.temperature();
        var topP = claude && temperature != null ? null : conversation.topP();
        return InferenceConfiguration.builder()
                .maxTokens(conversation.maxOutputTokens())
                .temperature(
                        temperature == null
                                ? null
                                : (Float)
                                        (float)
                                                (claude
                                                        ? Math.min(temperature, HOTTEST_CLAUDE)
                                                        : temperature))
                .topP(topP == null ? null : (Float) topP.floatValue())
                .build();
    }

    /** Converse has no {@code topK}; the models that do take it by names of their own. */
    private static @Nullable Document topK(String model, @Nullable Integer topK) {
        if (topK == null) {
            return null;
        }
        if (model.contains("amazon.nova")) {
            var inference = Document.mapBuilder().putNumber("topK", topK).build();
            return Document.mapBuilder().putDocument("inferenceConfig", inference).build();
        }
        return isClaude(model) || model.contains("mistral.")
                ? Document.mapBuilder().putNumber("top_k", topK).build()
                : null;
    }

    private static boolean isClaude(String model) {
        return model.contains("anthropic.");
    }
}
