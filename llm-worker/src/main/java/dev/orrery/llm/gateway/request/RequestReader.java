package dev.orrery.llm.gateway.request;

import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.gateway.problems.ProblemCode;
import dev.orrery.llm.gateway.request.Generation.Question;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.gateway.tokens.UserName;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.JsonBodies;
import dev.orrery.pipeline.http.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Reads what a service asks for. Called on any thread; never blocks. */
public final class RequestReader {

    private static final int MAX_NESTING = 32;
    private static final int MAX_OUTPUT_TOKENS = 200_000;
    private static final int DEFAULT_OUTPUT_TOKENS = 1_024;
    private static final int MAX_TOP_K = 1_000;
    private static final double LEAST_TOP_P = 1e-6;
    private static final String REQUEST_ID = "[A-Za-z0-9._:-]{1,128}";
    private static final String[] FIELDS = {
        "provider",
        "model",
        "system_instruction",
        "messages",
        "tools",
        "tool_choice",
        "temperature",
        "max_tokens",
        "top_p",
        "top_k",
        "retry",
        "fallbacks",
        "metadata",
        "request_id",
        "user",
        "stream",
        "restartable",
        "timeouts",
        "deadline_ms"
    };

    private static final String[] METADATA = {
        "region_name",
        "tools",
        "additional_config",
        "experiment",
        "api_endpoint",
        "streaming",
        "refusals",
        "hedge",
        "allowed_regions",
        "tools_required"
    };

    private final JsonBodies bodies;
    private final CallLimits limits;
    private final TargetReader targets;
    private final MessagesReader messages;
    private final ToolsReader tools = new ToolsReader();
    private final int maxBytes;

    /**
     * @param maxBytes of a body
     */
    public RequestReader(
            int maxBytes,
            CallLimits limits,
            FollowUps followUps,
            Endpoints endpoints,
            Ticker ticker) {
        this.bodies =
                new JsonBodies(
                        maxBytes, MAX_NESTING, ProblemCode.INVALID_REQUEST, ticker.scheduler());
        this.limits = limits;
        this.targets = new TargetReader(followUps, endpoints);
        this.messages = new MessagesReader(maxBytes);
        this.maxBytes = maxBytes;
    }

    /** Fails with a {@link Problem} when there is no sense in it. */
    public Mono<Generation> read(ServerHttpRequest request) {
        return bodies.read(request).map(this::generation);
    }

    private Generation generation(Fields body) {
        body.allowing(FIELDS);
        var metadata = body.object("metadata").allowing(METADATA);
        return new Generation(
                requestId(body),
                user(body),
                new Question(
                        conversation(body),
                        steps(body, metadata),
                        limits.deadlineOf(body),
                        ConductReader.conduct(metadata)),
                body.flag("stream", false),
                body.flag("restartable", false));
    }

    /** How the caller is answered says nothing of how the providers are asked. */
    private List<Step> steps(Fields body, Fields metadata) {
        boolean streamed = metadata.flag("streaming", true);
        var callLimits = limits.shortenedBy(body.object("timeouts"), streamed);
        var regions = AllowedRegions.of(metadata);
        return targets.targets(body, metadata).stream()
                .map(target -> step(target, callLimits, streamed, regions))
                .toList();
    }

    private static Step step(
            Target target, Limits limits, boolean streamed, AllowedRegions regions) {
        return new Step(
                AtEndpoint.name(target.provider(), target.endpoint()),
                target.model(),
                target.region(),
                target.retry(),
                limits,
                streamed,
                regions.bar(target));
    }

    private Conversation conversation(Fields body) {
        var instruction = body.anyText("system_instruction", maxBytes);
        var topK = body.optionalWholeNumber("top_k", 1, MAX_TOP_K);
        var offered = tools.tools(body);
        return new Conversation(
                instruction == null ? "" : instruction,
                messages.messages(body),
                body.optionalNumber("temperature", 0, 2),
                body.optionalNumber("top_p", LEAST_TOP_P, 1),
                topK == null ? null : topK.intValue(),
                (int) body.wholeNumber("max_tokens", 1, MAX_OUTPUT_TOKENS, DEFAULT_OUTPUT_TOKENS),
                offered,
                ToolChoiceReader.choice(body, offered));
    }

    private static @Nullable String requestId(Fields body) {
        var id = body.optionalText("request_id", 1_024);
        if (id != null && !id.matches(REQUEST_ID)) {
            throw body.invalid("request_id", Fields.shown(id) + " (expected: " + REQUEST_ID + ")");
        }
        return id;
    }

    private static @Nullable String user(Fields body) {
        var user = body.optionalText("user", UserName.MAX_CHARACTERS);
        if (user != null && !UserName.isUsable(user)) {
            throw body.invalid("user", "unprintable (expected: 1 to 255 printable characters)");
        }
        return user;
    }
}
