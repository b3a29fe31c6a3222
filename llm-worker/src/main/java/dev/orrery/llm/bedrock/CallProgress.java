package dev.orrery.llm.bedrock;

import dev.orrery.llm.model.ModelChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpExecutionAttributes;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;

/**
 * What one call has come to. Written on the connection's event loop, read by the timer of the
 * connection. It travels with the request through the SDK to {@link WatchedHttpClient}, which knows
 * what the SDK tells nobody else.
 */
final class CallProgress {

    private static final class Attribute extends SdkHttpExecutionAttribute<CallProgress> {
        private Attribute() {
            super(CallProgress.class);
        }
    }

    private static final Attribute ATTRIBUTE = new Attribute();

    private volatile boolean connected;
    private volatile int status;
    private volatile @Nullable String requestId;

    AwsRequestOverrideConfiguration attached() {
        var attributes = SdkHttpExecutionAttributes.builder().put(ATTRIBUTE, this).build();
        return AwsRequestOverrideConfiguration.builder()
                .putExecutionAttribute(
                        SdkInternalExecutionAttribute.SDK_HTTP_EXECUTION_ATTRIBUTES, attributes)
                .build();
    }

    static CallProgress of(AsyncExecuteRequest request) {
        return request.httpExecutionAttributes().getAttribute(ATTRIBUTE);
    }

    /** There is a connection, and the request is being written to it. */
    void connected() {
        connected = true;
    }

    /**
     * The head of a response has come.
     *
     * @param httpStatus of the response
     * @param id of the request, as its headers tell it; null when they do not
     */
    void answered(int httpStatus, @Nullable String id) {
        requestId = id;
        status = httpStatus;
    }

    /** Null as long as it is unknown. */
    @Nullable String requestId() {
        return requestId;
    }

    /** Says under which id the provider answers, where that is known. */
    List<ModelChunk> begun() {
        var id = requestId;
        return id == null ? List.of() : List.of(new ModelChunk.Started(id));
    }

    boolean isConnected() {
        return connected;
    }

    boolean isAnswered() {
        return status != 0;
    }

    /** Of the response; 0 as long as there is none. */
    int status() {
        return status;
    }
}
