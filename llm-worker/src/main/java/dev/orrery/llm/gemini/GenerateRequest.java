package dev.orrery.llm.gemini;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.Utterance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request, in camel case on the wire; what is null is left out. */
record GenerateRequest(
        @Nullable Content systemInstruction,
        List<Content> contents,
        GenerationConfig generationConfig,
        @Nullable List<Tools> tools) {

    record Content(@Nullable String role, List<Part> parts) {}

    record Part(String text) {}

    record GenerationConfig(
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            int maxOutputTokens) {}

    record Tools(List<FunctionDeclaration> functionDeclarations) {}

    /**
     * @param parametersJsonSchema takes JSON Schema as it is; {@code parameters}, the older field,
     *     takes a part of it only
     */
    record FunctionDeclaration(
            String name, String description, @JsonRawValue String parametersJsonSchema) {}

    static GenerateRequest of(Conversation conversation) {
        return new GenerateRequest(
                conversation.systemInstruction().isBlank()
                        ? null
                        : new Content(null, List.of(new Part(conversation.systemInstruction()))),
                Utterance.alternating(conversation.messages()).stream()
                        .map(GenerateRequest::content)
                        .toList(),
                new GenerationConfig(
                        conversation.temperature(),
                        conversation.topP(),
                        conversation.topK(),
                        conversation.maxOutputTokens()),
                conversation.tools().isEmpty() ? null : List.of(tools(conversation.tools())));
    }

    private static Content content(Utterance utterance) {
        return new Content(
                role(utterance.role()), utterance.texts().stream().map(Part::new).toList());
    }

    private static String role(Conversation.Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "model";
        };
    }

    private static Tools tools(List<Tool> tools) {
        return new Tools(tools.stream().map(GenerateRequest::declaration).toList());
    }

    private static FunctionDeclaration declaration(Tool tool) {
        return new FunctionDeclaration(tool.name(), tool.description(), tool.inputSchema());
    }
}
