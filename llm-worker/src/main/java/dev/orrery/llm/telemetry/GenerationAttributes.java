package dev.orrery.llm.telemetry;

import dev.orrery.llm.chain.CallReport;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.TokenEstimate;
import dev.orrery.llm.prices.Cost;
import io.opentelemetry.api.trace.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes what is known of a call on its span: names and numbers, and no text. */
final class GenerationAttributes {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MICROS = 6;
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

    /** Codes of ours that have another name in the conventions. */
    private static final Map<String, String> PROVIDERS =
            Map.of("gemini", "gcp.gemini", "bedrock", "aws.bedrock", "mistral", "mistral_ai");

    private GenerationAttributes() {}

    static void write(Span span, CallReport report, Instant began) {
        request(span, report);
        attempt(span, report);
        outcome(span, report, began);
        usage(span, report);
        cost(span, report.cost());
    }

    private static void request(Span span, CallReport report) {
        var step = report.call().step();
        var conversation = report.call().conversation();
        span.setAttribute(GenerationNames.OPERATION, "chat");
        span.setAttribute(
                GenerationNames.PROVIDER,
                PROVIDERS.getOrDefault(step.provider(), AtEndpoint.tag(step.provider())));
        span.setAttribute(GenerationNames.REQUEST_MODEL, step.model());
        span.setAttribute(GenerationNames.REQUEST_STREAM, step.streamed());
        span.setAttribute(GenerationNames.TEMPERATURE, conversation.temperature());
        span.setAttribute(GenerationNames.TOP_P, conversation.topP());
        var topK = conversation.topK();
        span.setAttribute(GenerationNames.TOP_K, topK == null ? null : topK.doubleValue());
        span.setAttribute(GenerationNames.MAX_TOKENS, (long) conversation.maxOutputTokens());
        span.setAttribute(GenerationNames.LANGFUSE_TYPE, "generation");
        span.setAttribute(GenerationNames.LANGFUSE_MODEL, step.model());
        span.setAttribute(
                GenerationNames.LANGFUSE_PARAMETERS,
                JSON.writeValueAsString(parameters(conversation)));
    }

    private static Map<String, Number> parameters(Conversation conversation) {
        var parameters = new LinkedHashMap<String, Number>();
        put(parameters, "temperature", conversation.temperature());
        put(parameters, "top_p", conversation.topP());
        put(parameters, "top_k", conversation.topK());
        put(parameters, "max_tokens", conversation.maxOutputTokens());
        return parameters;
    }

    private static void attempt(Span span, CallReport report) {
        var call = report.call();
        span.setAttribute(GenerationNames.ATTEMPT, (long) call.number());
        span.setAttribute(GenerationNames.RETRY, (long) call.retries());
        span.setAttribute(GenerationNames.FALLBACK, call.isFallback());
        span.setAttribute(
                GenerationNames.BEFORE,
                call.before().stream().map(GenerationAttributes::line).toList());
        span.setAttribute(GenerationNames.REGION, call.step().region());
        span.setAttribute(GenerationNames.REQUEST_ID, report.requestId());
    }

    private static String line(CallTrace trace) {
        return trace.number()
                + " "
                + AtEndpoint.tag(trace.provider())
                + "/"
                + trace.model()
                + " "
                + trace.result();
    }

    private static void outcome(Span span, CallReport report, Instant began) {
        span.setAttribute(GenerationNames.RESULT, report.result());
        var finishReason = report.finishReason();
        if (finishReason != null) {
            span.setAttribute(GenerationNames.FINISH_REASONS, List.of(finishReason.wireName()));
        }
        var firstToken = report.timing().firstTokenMillis();
        if (firstToken != null) {
            span.setAttribute(GenerationNames.TIME_TO_FIRST_CHUNK, firstToken / MILLIS);
            span.setAttribute(
                    GenerationNames.LANGFUSE_FIRST_TOKEN,
                    began.plus(Duration.ofMillis(firstToken)).toString());
        }
    }

    /** Unknown usage is not zero: where text was shown and none stated, it is estimated. */
    private static void usage(Span span, CallReport report) {
        var stated = report.usage();
        if (stated == null && report.shownBytes() == 0) {
            return;
        }
        var usage =
                stated == null
                        ? TokenEstimate.usage(report.call().conversation(), report.shownBytes())
                        : stated;
        span.setAttribute(GenerationNames.ESTIMATED, stated == null);
        span.setAttribute(GenerationNames.INPUT_TOKENS, usage.inputTokens());
        span.setAttribute(GenerationNames.OUTPUT_TOKENS, usage.outputTokens());
        span.setAttribute(GenerationNames.CACHED_TOKENS, usage.cachedInputTokens());
        span.setAttribute(GenerationNames.REASONING_TOKENS, usage.reasoningTokens());
        span.setAttribute(GenerationNames.LANGFUSE_USAGE, JSON.writeValueAsString(details(usage)));
    }

    /** Langfuse adds its parts up, so none of them may be in another. */
    private static Map<String, Number> details(ModelChunk.Usage usage) {
        long cached = part(usage.cachedInputTokens(), usage.inputTokens());
        long reasoning = part(usage.reasoningTokens(), usage.outputTokens());
        var details = new LinkedHashMap<String, Number>();
        details.put("input", usage.inputTokens() - cached);
        details.put("output", usage.outputTokens() - reasoning);
        put(details, "input_cached_tokens", cached == 0 ? null : cached);
        put(details, "output_reasoning_tokens", reasoning == 0 ? null : reasoning);
        details.put("total", usage.inputTokens() + usage.outputTokens());
        return details;
    }

    private static long part(@Nullable Long stated, long whole) {
        return stated == null ? 0 : Math.clamp(stated, 0, whole);
    }

    private static void cost(Span span, @Nullable Cost cost) {
        if (cost != null) {
            var dollars = BigDecimal.valueOf(cost.micros(), MICROS).toPlainString();
            span.setAttribute(GenerationNames.LANGFUSE_COST, "{\"total\":" + dollars + "}");
        }
    }

    private static void put(Map<String, Number> values, String name, @Nullable Number value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
