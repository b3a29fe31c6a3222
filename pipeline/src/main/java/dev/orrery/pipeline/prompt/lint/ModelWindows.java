package dev.orrery.pipeline.prompt.lint;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How many tokens a model takes, prompt and answer together, as its provider states it. A short
 * list of what bots are configured with; what is not on it is not warned of.
 */
final class ModelWindows {

    /**
     * @param model how its name begins
     */
    private record Window(String provider, String model, long tokens) {}

    private static final List<Window> KNOWN =
            List.of(
                    new Window("openai", "gpt-4o", 128_000),
                    new Window("openai", "gpt-4.1", 1_047_576),
                    new Window("openai", "gpt-5", 400_000),
                    new Window("openai", "o3", 200_000),
                    new Window("openai", "o4", 200_000),
                    new Window("gemini", "gemini-2.0-flash", 1_048_576),
                    new Window("gemini", "gemini-2.5", 1_048_576),
                    new Window("anthropic", "claude-", 200_000),
                    new Window("groq", "llama-3.1", 131_072),
                    new Window("groq", "llama-3.3", 131_072),
                    new Window("mistral", "mistral-large", 131_072),
                    new Window("mistral", "mistral-medium", 131_072),
                    new Window("byteplus", "deepseek-v3", 131_072),
                    new Window("bedrock", "anthropic.claude-", 200_000));

    private ModelWindows() {}

    /** The window of the most exact entry; empty for a model that is not listed. */
    static OptionalLong of(String provider, String model) {
        var code = provider.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(each -> each.provider().equals(code) && model.startsWith(each.model()))
                .max(Comparator.comparingInt(each -> each.model().length()))
                .map(each -> OptionalLong.of(each.tokens()))
                .orElse(OptionalLong.empty());
    }
}
