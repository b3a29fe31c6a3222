package dev.orrery.llm.openai;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a message says. A text with most servers; with Mistral's reasoning models a list of parts,
 * some of them texts and some of them thoughts, which are lists of texts again.
 */
final class SaidParts {

    private SaidParts() {}

    /**
     * What is neither a text nor parts cannot be shown, and must not be lost unsaid either.
     *
     * @throws ModelFailure.MalformedResponse for anything else
     */
    static List<ModelChunk> of(@Nullable JsonNode content) {
        if (content == null || content.isNull()) {
            return List.of();
        }
        var chunks = new ArrayList<ModelChunk>(1);
        if (content.isArray()) {
            content.forEach(part -> addPart(part, chunks));
        } else if (content.isString()) {
            addText(content, ModelChunk.TextDelta::new, chunks);
        } else {
            throw new ModelFailure.MalformedResponse("content that is neither a text nor parts");
        }
        return chunks;
    }

    /** Parts of other kinds are passed over: references, images, what is still to come. */
    private static void addPart(JsonNode part, List<ModelChunk> chunks) {
        if (!part.isObject()) {
            throw new ModelFailure.MalformedResponse("a part of the content that is no object");
        }
        switch (part.path("type").asString("")) {
            case "text" -> addText(part.path("text"), ModelChunk.TextDelta::new, chunks);
            case "thinking" ->
                    part.path("thinking")
                            .forEach(thought ->
                                    addText(
                                            thought.path("text"),
                                            ModelChunk.ReasoningDelta::new,
                                            chunks));
            default -> {}
        }
    }

    private static void addText(
            JsonNode text, Function<String, ModelChunk> made, List<ModelChunk> chunks) {
        if (text.isString() && !text.stringValue().isEmpty()) {
            chunks.add(made.apply(text.stringValue()));
        }
    }
}
