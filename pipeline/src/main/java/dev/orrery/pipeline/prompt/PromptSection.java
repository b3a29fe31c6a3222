package dev.orrery.pipeline.prompt;

/**
 * A part of a rendered prompt.
 *
 * @param tokens estimated, see {@link PromptTokens}
 */
public record PromptSection(String name, long tokens) {}
