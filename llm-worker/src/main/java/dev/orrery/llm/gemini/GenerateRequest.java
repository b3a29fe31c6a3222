package dev.orrery.llm.gemini;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.ToolChoice;
import dev.orrery.llm.model.Utterance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of a request, in camel case on the wire; what is null is left out. */
record GenerateRequest(
        @Nullable Content systemInstruction,
        List<Content> contents,
        GenerationConfig generationConfig,
        @Nullable List<Tools> tools,
        @Nullable ToolConfig toolConfig) {

    record Content(@Nullable String role, List<Part> parts) {}

    /**
     * One of text, call and response.
     *
     * @param thoughtSignature of the first call of several
     */
    record Part(
            @Nullable String text,
            @Nullable FunctionCall functionCall,
            @Nullable String thoughtSignature,
            @Nullable FunctionResponse functionResponse) {

        Part(String text) {
            this(text, null, null, null);
        }
    }

    record FunctionCall(String id, String name, @JsonRawValue String args) {}

    /**
     * @param response an object
     */
    record FunctionResponse(String id, String name, JsonNode response) {}

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

    record ToolConfig(FunctionCallingConfig functionCallingConfig) {}

    /**
     * @param allowedFunctionNames null for all of them
     */
    record FunctionCallingConfig(String mode, @Nullable List<String> allowedFunctionNames) {}

    /**
     * @param signatures of the model that is asked
     */
    static GenerateRequest of(Conversation conversation, Signatures signatures) {
        var contents = new Contents(signatures);
        return new GenerateRequest(
                conversation.systemInstruction().isBlank()
                        ? null
                        : new Content(null, List.of(new Part(conversation.systemInstruction()))),
                Utterance.alternating(conversation.messages()).stream()
                        .flatMap(contents::of)
                        .toList(),
                new GenerationConfig(
                        conversation.temperature(),
                        conversation.topP(),
                        conversation.topK(),
                        conversation.maxOutputTokens()),
                conversation.tools().isEmpty() ? null : List.of(tools(conversation.tools())),
                conversation.tools().isEmpty() ? null : toolConfig(conversation.toolChoice()));
    }

    private static Tools tools(List<Tool> tools) {
        return new Tools(tools.stream().map(GenerateRequest::declaration).toList());
    }

    private static FunctionDeclaration declaration(Tool tool) {
        return new FunctionDeclaration(tool.name(), tool.description(), tool.inputSchema());
    }

    private static @Nullable ToolConfig toolConfig(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Mode mode ->
                    switch (mode) {
                        case AUTO -> null; // what happens unasked
                        case NONE -> new ToolConfig(new FunctionCallingConfig("NONE", null));
                        case REQUIRED -> new ToolConfig(new FunctionCallingConfig("ANY", null));
                    };
            case ToolChoice.Named named ->
                    new ToolConfig(new FunctionCallingConfig("ANY", List.of(named.tool())));
        };
    }
}
