package dev.orrery.llm;

import dev.orrery.llm.deltas.Pace;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.provider.ProviderSettings;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the llm worker asks and answers.
 *
 * @param providers by lower-case code; a step of a chain names one
 * @param http bounds of the connections to providers
 * @param pace how often a reply sends a delta
 * @param maxReplyChars the longest answer that is taken, in UTF-16 units, 1 to 300,000: its events
 *     must fit into a record of 1 MB
 * @param drain time that answers in flight have to finish when the app stops, 0 to 18 s: a shutdown
 *     may take 20 s here
 */
@ConfigurationProperties("orrery.llm")
record LlmSettings(
        @DefaultValue Map<String, ProviderSettings> providers,
        @DefaultValue HttpSettings http,
        @DefaultValue Pace pace,
        @DefaultValue("200000") int maxReplyChars,
        @DefaultValue("15s") Duration drain) {

    private static final int MOST_CHARS = 300_000;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(18);

    LlmSettings {
        providers = Map.copyOf(providers);
        for (String code : providers.keySet()) {
            if (!code.matches("[a-z0-9-]+")) {
                throw new IllegalArgumentException(
                        "orrery.llm.providers: "
                                + code
                                + " (expected: lower-case letters, digits and hyphens)");
            }
        }
        if (maxReplyChars < 1 || maxReplyChars > MOST_CHARS) {
            throw new IllegalArgumentException(
                    "orrery.llm.max-reply-chars: "
                            + maxReplyChars
                            + " (expected: 1 to "
                            + MOST_CHARS
                            + ")");
        }
        if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException(
                    "orrery.llm.drain: " + drain + " (expected: 0 to 18 s)");
        }
    }
}
