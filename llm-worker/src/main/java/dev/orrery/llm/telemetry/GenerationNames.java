package dev.orrery.llm.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Names of attributes of a call, of a model or of a tool. OpenTelemetry's conventions for
 * generative AI ({@code gen_ai}) are still in development, so their names may change: here and
 * nowhere else. Where both say something, Langfuse reads its own.
 */
final class GenerationNames {

    static final AttributeKey<String> OPERATION = text("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = text("gen_ai.provider.name");
    static final AttributeKey<String> CONVERSATION = text("gen_ai.conversation.id");
    static final AttributeKey<String> REQUEST_MODEL = text("gen_ai.request.model");
    static final AttributeKey<Boolean> REQUEST_STREAM =
            AttributeKey.booleanKey("gen_ai.request.stream");
    static final AttributeKey<Double> TEMPERATURE = real("gen_ai.request.temperature");
    static final AttributeKey<Double> TOP_P = real("gen_ai.request.top_p");
    static final AttributeKey<Double> TOP_K = real("gen_ai.request.top_k");
    static final AttributeKey<Long> MAX_TOKENS = whole("gen_ai.request.max_tokens");
    static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<Double> TIME_TO_FIRST_CHUNK =
            real("gen_ai.response.time_to_first_chunk");
    static final AttributeKey<Long> INPUT_TOKENS = whole("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = whole("gen_ai.usage.output_tokens");
    static final AttributeKey<Long> CACHED_TOKENS = whole("gen_ai.usage.cache_read.input_tokens");
    static final AttributeKey<Long> REASONING_TOKENS =
            whole("gen_ai.usage.reasoning.output_tokens");

    static final AttributeKey<String> TOOL_NAME = text("gen_ai.tool.name");
    static final AttributeKey<String> TOOL_CALL = text("gen_ai.tool.call.id");

    static final AttributeKey<String> LANGFUSE_TYPE = observed("type");
    static final AttributeKey<String> LANGFUSE_MODEL = observed("model.name");
    static final AttributeKey<String> LANGFUSE_PARAMETERS = observed("model.parameters");
    static final AttributeKey<String> LANGFUSE_INPUT = observed("input");
    static final AttributeKey<String> LANGFUSE_OUTPUT = observed("output");
    static final AttributeKey<String> LANGFUSE_USAGE = observed("usage_details");
    static final AttributeKey<String> LANGFUSE_COST = observed("cost_details");
    static final AttributeKey<String> LANGFUSE_FIRST_TOKEN = observed("completion_start_time");
    static final AttributeKey<String> LANGFUSE_LEVEL = observed("level");
    static final AttributeKey<String> LANGFUSE_STATUS = observed("status_message");

    static final AttributeKey<Long> ATTEMPT = whole("langfuse.observation.metadata.attempt");
    static final AttributeKey<Long> RETRY = whole("langfuse.observation.metadata.retry");
    static final AttributeKey<Boolean> FALLBACK =
            AttributeKey.booleanKey("langfuse.observation.metadata.fallback");
    static final AttributeKey<List<String>> BEFORE =
            AttributeKey.stringArrayKey("langfuse.observation.metadata.before");
    static final AttributeKey<String> RESULT = observed("metadata.result");
    static final AttributeKey<String> REGION = observed("metadata.region");
    static final AttributeKey<String> REQUEST_ID = observed("metadata.request_id");
    static final AttributeKey<String> PROMPT_HASH = observed("metadata.prompt_hash");
    static final AttributeKey<Boolean> ESTIMATED =
            AttributeKey.booleanKey("langfuse.observation.metadata.usage_estimated");
    static final AttributeKey<Long> INPUT_BYTES =
            whole("langfuse.observation.metadata.input_bytes");
    static final AttributeKey<Long> OUTPUT_BYTES =
            whole("langfuse.observation.metadata.output_bytes");

    private GenerationNames() {}

    private static AttributeKey<String> observed(String what) {
        return text("langfuse.observation." + what);
    }

    private static AttributeKey<String> text(String name) {
        return AttributeKey.stringKey(name);
    }

    private static AttributeKey<Long> whole(String name) {
        return AttributeKey.longKey(name);
    }

    private static AttributeKey<Double> real(String name) {
        return AttributeKey.doubleKey(name);
    }
}
