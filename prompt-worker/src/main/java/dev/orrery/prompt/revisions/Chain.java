package dev.orrery.prompt.revisions;

import dev.orrery.events.PlannedAttempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The attempts of a revision, read from its columns and its metadata:
 *
 * <pre>{@code
 * {"region_name": "ap-south-1",
 *  "fallbacks": [{"provider": "openai", "model": "gpt-4.1-nano", "region": null, "retry": 1}],
 *  "timeouts": {"connect_ms": 2000, "first_token_ms": 15000, "stall_ms": 15000, "total_ms": 60000}}
 * }</pre>
 *
 * All of it is optional. Provider codes are compared without case and are not trimmed; models are
 * taken as written.
 */
final class Chain {

    /** Longer chains cannot fit into any deadline. */
    private static final int MOST_FALLBACKS = 20;

    private static final int MOST_RETRIES = 5;
    private static final long LONGEST_TIMEOUT_MILLIS = 600_000;

    private final JsonNode timeouts;

    private Chain(JsonNode timeouts) {
        this.timeouts = timeouts;
    }

    /** The primary first, then the fallbacks in order. */
    static List<PlannedAttempt> of(String provider, String model, int retry, JsonNode metadata) {
        var timeouts = metadata.path("timeouts");
        if (!timeouts.isMissingNode() && !timeouts.isNull() && !timeouts.isObject()) {
            throw new MalformedRevision("metadata.timeouts", timeouts.getNodeType(), "an object");
        }
        var chain = new Chain(timeouts);
        var attempts = new ArrayList<PlannedAttempt>();
        attempts.add(
                chain.attempt(
                        provider, model, optionalText(metadata, "region_name", "metadata"), retry));
        var fallbacks = metadata.path("fallbacks");
        if (!fallbacks.isMissingNode() && !fallbacks.isNull() && !fallbacks.isArray()) {
            throw new MalformedRevision("metadata.fallbacks", fallbacks.getNodeType(), "an array");
        }
        if (fallbacks.size() > MOST_FALLBACKS) {
            throw new MalformedRevision(
                    "metadata.fallbacks", fallbacks.size(), "at most " + MOST_FALLBACKS);
        }
        for (int i = 0; i < fallbacks.size(); i++) {
            attempts.add(chain.fallback(fallbacks.get(i), "metadata.fallbacks[" + i + "]"));
        }
        return attempts;
    }

    private PlannedAttempt fallback(JsonNode step, String path) {
        return attempt(
                text(step, "provider", path),
                text(step, "model", path),
                optionalText(step, "region", path),
                (int) number(step, "retry", 0, 0, MOST_RETRIES, path));
    }

    private PlannedAttempt attempt(
            String provider, String model, @Nullable String region, int retry) {
        return PlannedAttempt.newBuilder()
                .setProvider(provider.toLowerCase(Locale.ROOT))
                .setModel(model)
                .setRegion(region)
                .setRetry(retry)
                .setConnectMillis(timeout("connect_ms", 2_000))
                .setFirstTokenMillis(timeout("first_token_ms", 15_000))
                .setStallMillis(timeout("stall_ms", 15_000))
                .setTotalMillis(timeout("total_ms", 60_000))
                .build();
    }

    private long timeout(String name, long otherwise) {
        return number(timeouts, name, otherwise, 1, LONGEST_TIMEOUT_MILLIS, "metadata.timeouts");
    }

    private static String text(JsonNode object, String name, String path) {
        var text = optionalText(object, name, path);
        if (text == null || text.isEmpty()) {
            throw new MalformedRevision(path + "." + name, "nothing", "a text");
        }
        return text;
    }

    private static @Nullable String optionalText(JsonNode object, String name, String path) {
        var value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new MalformedRevision(path + "." + name, value.getNodeType(), "a text");
        }
        return value.stringValue();
    }

    private static long number(
            JsonNode object, String name, long otherwise, long least, long greatest, String path) {
        var value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        boolean usable = value.isIntegralNumber() && value.canConvertToLong();
        if (!usable || value.longValue() < least || value.longValue() > greatest) {
            throw new MalformedRevision(
                    path + "." + name, value, "a whole number from " + least + " to " + greatest);
        }
        return value.longValue();
    }
}
