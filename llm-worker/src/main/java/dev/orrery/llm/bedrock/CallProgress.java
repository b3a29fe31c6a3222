package dev.orrery.llm.bedrock;

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
    private volatile boolean answered;

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

    /** The head of a response has come. */
    void answered() {
        answered = true;
    }

    boolean isConnected() {
        return connected;
    }

    boolean isAnswered() {
        return answered;
    }
}
