package dev.orrery.llm.bedrock;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/**
 * One call on its way: the SDK tells of its beginning in one place and of its events in another,
 * and this makes one stream of both. Events are taken as they are asked for.
 */
final class ConverseCall {

    private final Sinks.One<SdkPublisher<ConverseStreamOutput>> events = Sinks.one();
    private final CompletableFuture<Void> future;

    private ConverseCall(BedrockRuntimeAsyncClient client, ConverseStreamRequest request) {
        this.future = client.converseStream(request, new Handler());
        future.whenComplete((nothing, failure) -> ended(failure));
    }

    /** Calls once per subscription; cancelling closes the connection. */
    static Flux<ConverseStreamOutput> events(
            BedrockRuntimeAsyncClient client, ConverseStreamRequest request) {
        return Flux.defer(() -> new ConverseCall(client, request).events());
    }

    /** Without effect where there are events, which tell it themselves. */
    private void ended(@Nullable Throwable failure) {
        if (failure == null) {
            events.tryEmitEmpty();
        } else {
            events.tryEmitError(failure);
        }
    }

    private Flux<ConverseStreamOutput> events() {
        return events.asMono().flatMapMany(Flux::from).doOnCancel(() -> future.cancel(true));
    }

    private final class Handler implements ConverseStreamResponseHandler {

        @Override
        public void responseReceived(ConverseStreamResponse response) {
            // Says nothing that is of use: what counts comes in events.
        }

        @Override
        public void onEventStream(SdkPublisher<ConverseStreamOutput> publisher) {
            events.tryEmitValue(publisher);
        }

        @Override
        public void exceptionOccurred(Throwable failure) {
            events.tryEmitError(failure); // without effect once there are events: they tell it
        }

        @Override
        public void complete() {
            // The publisher of the events tells it.
        }
    }
}
