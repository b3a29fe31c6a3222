package dev.orrery.ingest.admin.configs;

import dev.orrery.ingest.admin.bots.CustomVariables;
import dev.orrery.ingest.admin.providers.Providers;
import dev.orrery.ingest.admin.rules.ChainSteps;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.prompt.SummaryWish;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What else a revision says; every key has a form of its own, and others are refused:
 *
 * <pre>{@code
 * {"region_name": "ap-south-1",       one of its provider's
 *  "multi_region": true,              the other regions are fallbacks
 *  "allowed_regions": ["ap-south-1"], no others are asked
 *  "fallbacks": [{"provider", "model", "region", "retry"}],  in place of the rules
 *  "timeouts": {"connect_ms", "first_token_ms", "stall_ms", "total_ms"},
 *  "hedge": true,                     a slow first token lets the next step begin beside it
 *  "refusals": {"content_filtered", "context_too_long"},  next_attempt or final
 *  "safety": {"input", "output", "crisis"},  how texts are checked, see SafetyFields
 *  "history_tokens": 4000,            the most tokens of earlier turns
 *  "fence_user_values": true,         what users and outside services say is fenced in a prompt
 *  "yaml_style": "compat",            documents as PyYAML dumps them, in place of readable
 *  "custom": {"mood": "calm"},        variables of its own, beside the bot's
 *  "required_variables": ["…"],       what its prompt has to use
 *  "tools": [{"name", "description", "parameters", "handler", "timeout_ms"}],  see ToolDefinitions
 *  "tools_required": true,            models that know nothing of tools are passed over
 *  "history_tools": true,             earlier turns are told with their calls for tools
 *  "summary": {"enabled", "every_turns", "max_tokens", "provider", "model"},  of long sessions
 *  "api_endpoint": "https://…",       is asked in place of the provider, where the workers' list has it
 *  "experiment": "shorter"}           a label, for people
 * }</pre>
 *
 * These are kept in the form that requests to the gateway give them, so that what was written for
 * one is not lost. They have no effect on messages of users, and the lint says so ({@code
 * gateway_only}):
 *
 * <pre>{@code
 * {"additional_config": {…}}          at most 8 KiB
 * }</pre>
 */
final class RevisionMetadata {

    private static final String[] KEYS = {
        "region_name",
        "multi_region",
        "allowed_regions",
        "fallbacks",
        "timeouts",
        "hedge",
        "refusals",
        "safety",
        "tools",
        "tools_required",
        "history_tools",
        "history_tokens",
        "fence_user_values",
        "yaml_style",
        "custom",
        "required_variables",
        "summary",
        "experiment",
        "api_endpoint",
        "additional_config"
    };

    private static final List<String> TIMEOUTS =
            List.of("connect_ms", "first_token_ms", "stall_ms", "total_ms");

    private static final List<String> REFUSALS = List.of("content_filtered", "context_too_long");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final long LONGEST_MILLIS = 600_000;
    private static final int MOST_HISTORY_TOKENS = 1_000_000;
    private static final int MOST_REQUIRED = 100;
    private static final int MOST_REGIONS = 50;
    private static final int MOST_ADDITIONAL_BYTES = 8 * 1024;

    private RevisionMetadata() {}

    /**
     * What was there, with every key that is mentioned replaced, and without those that are said to
     * be null.
     *
     * @param said null when nothing is said
     * @param provider of the revision that is to be
     */
    static ObjectNode changed(
            ObjectNode was, @Nullable Fields said, Providers providers, String provider) {
        if (said == null) {
            return was;
        }
        require(said.allowing(KEYS), providers, provider);
        return said.mergedInto(was);
    }

    private static void require(Fields said, Providers providers, String provider) {
        providers.region(said, "region_name", provider);
        for (var flag :
                List.of(
                        "multi_region",
                        "hedge",
                        "tools_required",
                        "history_tools",
                        "fence_user_values")) {
            said.flag(flag, false);
        }
        said.texts("allowed_regions", MOST_REGIONS, 64);
        ChainSteps.of(said, "fallbacks", providers);
        requireTimeouts(said.optionalObject("timeouts"));
        requireRefusals(said.optionalObject("refusals"));
        SafetyFields.require(said, providers);
        ToolDefinitions.require(said);
        said.optionalWholeNumber("history_tokens", 0, MOST_HISTORY_TOKENS);
        said.optionalChoice("yaml_style", "readable", "compat");
        CustomVariables.require(said);
        said.texts("required_variables", MOST_REQUIRED, 100);
        requireSummary(said.optionalObject("summary"), providers);
        said.optionalText("experiment", 100);
        requireEndpoint(said);
        if (said.optionalObject("additional_config") != null) {
            said.optionalJson("additional_config", MOST_ADDITIONAL_BYTES);
        }
    }

    private static void requireRefusals(@Nullable Fields refusals) {
        if (refusals == null) {
            return;
        }
        refusals.allowing(REFUSALS.toArray(String[]::new));
        for (var name : REFUSALS) {
            refusals.optionalChoice(name, "next_attempt", "final");
        }
    }

    private static void requireSummary(@Nullable Fields summary, Providers providers) {
        if (summary == null) {
            return;
        }
        summary.allowing("enabled", "every_turns", "max_tokens", "provider", "model");
        summary.flag("enabled", true);
        summary.optionalWholeNumber("every_turns", 1, SummaryWish.MOST_TURNS);
        summary.optionalWholeNumber(
                "max_tokens", SummaryWish.LEAST_TOKENS, SummaryWish.MOST_TOKENS);
        if (summary.has("provider") || summary.has("model")) {
            providers.provider(summary, "provider");
            Providers.model(summary, "model");
        }
    }

    private static void requireTimeouts(@Nullable Fields timeouts) {
        if (timeouts == null) {
            return;
        }
        timeouts.allowing(TIMEOUTS.toArray(String[]::new));
        for (var name : TIMEOUTS) {
            timeouts.optionalWholeNumber(name, 1, LONGEST_MILLIS);
        }
    }

    /** The form alone: which hosts may be asked is a setting of the worker that asks them. */
    private static void requireEndpoint(Fields said) {
        var endpoint = said.optionalText("api_endpoint", 255);
        if (endpoint != null && !isEndpoint(endpoint)) {
            throw said.invalid(
                    "api_endpoint",
                    "not an endpoint (expected: https://host/path, without user, query and fragment)");
        }
    }

    private static boolean isEndpoint(String text) {
        try {
            var uri = new URI(text);
            var host = uri.getHost();
            return host != null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && LOOPBACK.contains(host))
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
