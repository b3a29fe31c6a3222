package dev.orrery.pipeline.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Names of attributes: OpenTelemetry's for messaging, Langfuse's for traces, ours for the rest.
 * Langfuse wants what it knows of a trace on every span of it.
 */
public final class SpanNames {

    public static final AttributeKey<String> SESSION = AttributeKey.stringKey("session.id");
    public static final AttributeKey<String> USER = AttributeKey.stringKey("user.id");
    public static final AttributeKey<String> TURN = AttributeKey.stringKey("orrery.turn.id");
    public static final AttributeKey<String> SERVICE = AttributeKey.stringKey("orrery.service");
    public static final AttributeKey<String> REQUEST = AttributeKey.stringKey("orrery.request.id");
    public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> TRACE_NAME = AttributeKey.stringKey("langfuse.trace.name");
    static final AttributeKey<List<String>> TRACE_TAGS =
            AttributeKey.stringArrayKey("langfuse.trace.tags");
    static final AttributeKey<String> TRACE_TURN = traced("turn");
    static final AttributeKey<String> TRACE_SERVICE = traced("service");
    static final AttributeKey<String> TRACE_REQUEST = traced("request");
    static final AttributeKey<String> TRACE_BOT = traced("bot");
    static final AttributeKey<String> TRACE_REVISION = traced("revision");
    static final AttributeKey<String> TRACE_EXPERIMENT_ARM = traced("experiment_arm");
    static final AttributeKey<Long> TRACE_SEQUENCE =
            AttributeKey.longKey("langfuse.trace.metadata.sequence");

    public static final AttributeKey<String> MESSAGING_SYSTEM =
            AttributeKey.stringKey("messaging.system");
    public static final AttributeKey<String> MESSAGING_OPERATION =
            AttributeKey.stringKey("messaging.operation.name");
    public static final AttributeKey<String> MESSAGING_OPERATION_TYPE =
            AttributeKey.stringKey("messaging.operation.type");
    public static final AttributeKey<String> MESSAGING_DESTINATION =
            AttributeKey.stringKey("messaging.destination.name");
    public static final AttributeKey<String> MESSAGING_PARTITION =
            AttributeKey.stringKey("messaging.destination.partition.id");
    public static final AttributeKey<Long> MESSAGING_OFFSET =
            AttributeKey.longKey("messaging.kafka.offset");
    public static final AttributeKey<String> MESSAGING_GROUP =
            AttributeKey.stringKey("messaging.consumer.group.name");
    public static final AttributeKey<String> MESSAGING_ID =
            AttributeKey.stringKey("messaging.message.id");

    public static final AttributeKey<String> STAGE = AttributeKey.stringKey("orrery.stage");
    public static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("orrery.outcome");
    public static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("orrery.attempts");

    private SpanNames() {}

    private static AttributeKey<String> traced(String what) {
        return AttributeKey.stringKey("langfuse.trace.metadata." + what);
    }
}
