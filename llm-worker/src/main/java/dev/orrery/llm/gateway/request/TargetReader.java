package dev.orrery.llm.gateway.request;

import dev.orrery.llm.bedrock.Regions;
import dev.orrery.pipeline.gateway.tokens.UserName;
import dev.orrery.pipeline.http.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads whom to ask, one after the other. */
final class TargetReader {

    private static final int MAX_FALLBACKS = 20;
    private static final int MAX_RETRY = 5;
    private static final int MAX_NAME = 256;
    private static final int MAX_OPAQUE = 8 * 1024;
    private static final String PROVIDER = "[a-z0-9-]{1,64}";
    private static final String BEDROCK = "bedrock";

    private final FollowUps followUps;
    private final Endpoints endpoints;
    private final Set<String> regions = Regions.names();

    TargetReader(FollowUps followUps, Endpoints endpoints) {
        this.followUps = followUps;
        this.endpoints = endpoints;
    }

    /** The primary first. */
    List<Target> targets(Fields body, Fields metadata) {
        // Part of a configuration that comes as a whole; no provider is sent any of it.
        metadata.requireSmall("tools", MAX_OPAQUE);
        metadata.requireSmall("additional_config", MAX_OPAQUE);
        metadata.requireSmall("experiment", MAX_OPAQUE);
        var region = region(metadata);
        var primary = target(body, region, endpoint(metadata));
        var targets = new ArrayList<Target>();
        targets.add(primary);
        targets.addAll(
                body.has("fallbacks")
                        ? body.objects(
                                "fallbacks",
                                MAX_FALLBACKS,
                                fallback -> fallback(fallback, body, primary, region))
                        : followUps.after(primary, region));
        return List.copyOf(targets);
    }

    /** A fallback of the primary's provider is where the primary is, unless it says otherwise. */
    private Target fallback(Fields fallback, Fields body, Target primary, @Nullable String region) {
        fallback.allowing(
                "provider", "model", "retry", "system_instruction", "region_name", "api_endpoint");
        requireInherited(fallback, body);
        var ownRegion = region(fallback);
        var ownEndpoint = endpoint(fallback);
        boolean inherits = ownEndpoint == null && provider(fallback).equals(primary.provider());
        return target(
                fallback,
                ownRegion == null ? region : ownRegion,
                inherits ? primary.endpoint() : ownEndpoint);
    }

    /** All steps of a chain are told the same; a step that is to be told otherwise is a mistake. */
    private static void requireInherited(Fields fallback, Fields body) {
        var own = fallback.anyText("system_instruction", Integer.MAX_VALUE);
        var ours = body.anyText("system_instruction", Integer.MAX_VALUE);
        if (own != null && !own.equals(Objects.requireNonNullElse(ours, ""))) {
            throw fallback.invalid(
                    "system_instruction",
                    "differs from the request's (expected: the same, or none: it is inherited)");
        }
    }

    private static Target target(Fields fields, @Nullable String region, @Nullable URI endpoint) {
        var provider = provider(fields);
        return new Target(
                provider,
                model(fields),
                provider.equals(BEDROCK) ? region : null,
                (int) fields.wholeNumber("retry", 0, MAX_RETRY, 0),
                endpoint);
    }

    private static String provider(Fields fields) {
        var provider = fields.text("provider", MAX_NAME).toLowerCase(Locale.ROOT);
        if (!provider.matches(PROVIDER)) {
            throw fields.invalid(
                    "provider",
                    Fields.shown(provider) + " (expected: letters, digits and hyphens, up to 64)");
        }
        return provider;
    }

    private static String model(Fields fields) {
        var model = fields.text("model", UserName.MAX_CHARACTERS);
        if (!UserName.isUsable(model)) {
            throw fields.invalid("model", "unprintable (expected: printable characters)");
        }
        return model;
    }

    /**
     * Only one that there is: each is guarded and counted by itself, and none is ever forgotten.
     */
    private @Nullable String region(Fields fields) {
        var region = fields.optionalText("region_name", MAX_NAME);
        if (region != null && !regions.contains(region)) {
            throw fields.invalid(
                    "region_name",
                    Fields.shown(region) + " (expected: a region such as ap-south-1)");
        }
        return region;
    }

    private @Nullable URI endpoint(Fields fields) {
        var text = fields.optionalText("api_endpoint", 2_048);
        if (text == null) {
            return null;
        }
        try {
            var endpoint = new URI(text);
            if (endpoints.at(endpoint).isPresent()) {
                return endpoint;
            }
        } catch (URISyntaxException unreadable) {
            // as bad as a forbidden one, and said in the same words
        }
        throw fields.invalid(
                "api_endpoint",
                Fields.shown(text) + " (expected: the address of a server on the allow-list)");
    }
}
