package dev.orrery.ingest.admin.prompts;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.pipeline.prompt.PromptSection;
import dev.orrery.pipeline.prompt.lint.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt comes to.
 *
 * @param text the system instruction, byte for byte as the prompt worker renders it
 * @param tokens of the text, estimated
 * @param hash of the text and the messages, as the turn would record it; null when nothing could be
 *     rendered
 * @param diff against the active revision's rendering, in unified form; null when none was asked
 *     for
 * @param reply of a model; null when none was asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Preview(
        String text,
        long tokens,
        @Nullable String hash,
        List<Message> messages,
        List<PromptSection> sections,
        List<Finding> findings,
        @Nullable String diff,
        AskedModel.@Nullable Reply reply) {

    /** What is said beside the system instruction. */
    record Message(String role, String content) {}

    Preview comparedBy(String diff) {
        return new Preview(text, tokens, hash, messages, sections, findings, diff, reply);
    }

    Preview answeredBy(AskedModel.Reply reply) {
        return new Preview(text, tokens, hash, messages, sections, findings, diff, reply);
    }
}
