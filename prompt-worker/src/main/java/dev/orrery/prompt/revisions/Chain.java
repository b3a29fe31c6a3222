package dev.orrery.prompt.revisions;

import dev.orrery.events.PlannedAttempt;
import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.pipeline.fallback.Fallbacks;
import dev.orrery.pipeline.fallback.RegionWish;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whom a revision wants to be asked, read from its columns and its metadata:
 *
 * <pre>{@code
 * {"api_endpoint": "https://models.example/v1",
 *  "region_name": "ap-south-1",
 *  "multi_region": true,
 *  "allowed_regions": ["ap-south-1", "us-east-1"],
 *  "hedge": true,
 *  "refusals": {"content_filtered": "final", "context_too_long": "next_attempt"},
 *  "fallbacks": [{"provider": "openai", "model": "gpt-4.1-nano", "region": null, "retry": 1}],
 *  "timeouts": {"connect_ms": 2000, "first_token_ms": 15000, "stall_ms": 15000, "total_ms": 60000}}
 * }</pre>
 *
 * All of it is optional. {@code fallbacks} stands in place of the rules, also when it is empty.
 * Provider codes are compared without case and are not trimmed; models are taken as written.
 *
 * @param endpoint of the primary alone, in place of its provider's own; whether it may be called is
 *     for whoever calls it to say. Null for the provider's own
 * @param allowedRegions where calls may go; empty for anywhere. A step that names no region may be
 *     anywhere, so it is outside
 * @param hedge whether a slow call may be given a second one beside it
 * @param afterRefusal what follows when a model will not answer
 */
public record Chain(
        ChainWish wish,
        @Nullable String endpoint,
        Timeouts timeouts,
        Set<String> allowedRegions,
        boolean hedge,
        AfterRefusal afterRefusal) {

    private static final String REGION_NOT_ALLOWED = "region_not_allowed";
    private static final int MOST_REGIONS = 64;

    /** Longer chains cannot fit into any deadline. */
    private static final int MOST_FALLBACKS = 20;

    /** One that may go anywhere, a call at a time. */
    public Chain(ChainWish wish, Timeouts timeouts) {
        this(wish, null, timeouts, Set.of(), false, AfterRefusal.NEXT_ATTEMPT);
    }

    static Chain of(String provider, String model, int retry, JsonNode document) {
        var metadata = new Metadata(document, "metadata");
        return new Chain(
                ChainWish.of(provider, model, retry)
                        .in(regions(metadata))
                        .then(fallbacks(metadata)),
                metadata.optionalText("api_endpoint"),
                Timeouts.of(metadata.object("timeouts")),
                Set.copyOf(metadata.texts("allowed_regions", MOST_REGIONS)),
                metadata.flag("hedge"),
                AfterRefusal.of(metadata.object("refusals")));
    }

    /**
     * The attempts of a turn, by the rules in force: the primary first.
     *
     * @param country of the user, two letters of ISO 3166; empty when it is not known
     */
    public List<PlannedAttempt> attempts(Fallbacks fallbacks, String country) {
        var asked = wish.from(country.isEmpty() ? null : country);
        var attempts = new ArrayList<PlannedAttempt>();
        for (var step : fallbacks.plan(asked)) {
            attempts.add(attempt(step, attempts.isEmpty() ? endpoint : null));
        }
        return List.copyOf(attempts);
    }

    private static RegionWish regions(Metadata metadata) {
        var name = metadata.optionalText("region_name");
        if (metadata.flag("multi_region")) {
            return RegionWish.all(name, null);
        }
        return metadata.isEmpty() ? RegionWish.NONE : RegionWish.one(name);
    }

    private static @Nullable List<ChainStep> fallbacks(Metadata metadata) {
        var stated = metadata.list("fallbacks", MOST_FALLBACKS);
        return stated == null ? null : stated.stream().map(Chain::step).toList();
    }

    private static ChainStep step(Metadata stated) {
        return new ChainStep(
                stated.text("provider"),
                stated.text("model"),
                stated.optionalText("region"),
                (int) stated.number("retry", 0, 0, ChainStep.MOST_RETRIES));
    }

    private PlannedAttempt attempt(ChainStep step, @Nullable String at) {
        return PlannedAttempt.newBuilder()
                .setProvider(step.provider())
                .setModel(step.model())
                .setRegion(step.region())
                .setRetry(step.retry())
                .setConnectMillis(timeouts.connectMillis())
                .setFirstTokenMillis(timeouts.firstTokenMillis())
                .setStallMillis(timeouts.stallMillis())
                .setTotalMillis(timeouts.totalMillis())
                .setSkip(isInside(step.region()) ? null : REGION_NOT_ALLOWED)
                .setApiEndpoint(at)
                .build();
    }

    private boolean isInside(@Nullable String region) {
        return allowedRegions.isEmpty() || (region != null && allowedRegions.contains(region));
    }
}
