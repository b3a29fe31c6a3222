package dev.orrery.llm.gemini;

import dev.orrery.llm.gemini.GenerateRequest.Content;
import dev.orrery.llm.gemini.GenerateRequest.FunctionCall;
import dev.orrery.llm.gemini.GenerateRequest.FunctionResponse;
import dev.orrery.llm.gemini.GenerateRequest.Part;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.model.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was said, as contents.
 *
 * @param signatures of the model that is asked
 */
record Contents(Signatures signatures) {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    /**
     * One content, or two where results and words meet: what follows on calls must be the results
     * of them all, and nothing else.
     */
    Stream<Content> of(Utterance utterance) {
        var results = new ArrayList<Part>();
        var others = new ArrayList<Part>();
        boolean first = true;
        for (var part : utterance.parts()) {
            switch (part) {
                case Utterance.Text(var text) -> others.add(new Part(text));
                case Utterance.Call(var call) -> {
                    others.add(call(call, first));
                    first = false;
                }
                case Utterance.Result result -> results.add(result(result));
            }
        }
        var role = role(utterance.role());
        return Stream.of(results, others)
                .filter(parts -> !parts.isEmpty())
                .map(parts -> new Content(role, List.copyOf(parts)));
    }

    private static String role(Conversation.Role role) {
        return switch (role) {
            case USER, TOOL -> "user";
            case ASSISTANT -> "model";
        };
    }

    /** Of several calls the first one is signed. */
    private Part call(ToolCall call, boolean first) {
        return new Part(
                null,
                new FunctionCall(call.id(), call.name(), call.arguments()),
                first ? signatures.opened(call) : null,
                null);
    }

    private static Part result(Utterance.Result result) {
        var response =
                new FunctionResponse(
                        result.of().id(), result.of().name(), object(result.content()));
        return new Part(null, null, null, response);
    }

    /** The protocol wants an object; what is none becomes the field {@code result} of one. */
    private static JsonNode object(String content) {
        var read = read(content);
        return read.isObject() ? read : JSON.createObjectNode().set("result", read);
    }

    private static JsonNode read(String content) {
        try {
            var read = JSON.readTree(content);
            return read.isMissingNode() ? JSON.getNodeFactory().stringNode(content) : read;
        } catch (JacksonException words) {
            return JSON.getNodeFactory().stringNode(content); // most tools say it in words
        }
    }
}
