package dev.orrery.llm.bedrock;

import dev.orrery.llm.http.ByteBudget;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.RequestId;
import dev.orrery.llm.time.Ticker;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * An HTTP client that notes how far each call has come, and bounds what comes back. The SDK asks
 * for the body of a request once there is a connection to write it to.
 */
final class WatchedHttpClient implements SdkAsyncHttpClient {

    private static final String REQUEST_ID = "x-amzn-RequestId";

    private final SdkAsyncHttpClient client;
    private final long maxResponseBytes;
    private final Ticker ticker;

    /**
     * @param client is closed with this one
     * @param maxResponseBytes the largest response, as received
     * @param ticker measures how long the body of a failure takes
     */
    WatchedHttpClient(SdkAsyncHttpClient client, long maxResponseBytes, Ticker ticker) {
        this.client = client;
        this.maxResponseBytes = maxResponseBytes;
        this.ticker = ticker;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        var progress = CallProgress.of(request);
        var watched =
                AsyncExecuteRequest.builder()
                        .request(request.request())
                        .requestContentPublisher(
                                new WatchedBody(request.requestContentPublisher(), progress))
                        .responseHandler(
                                new WatchedResponse(
                                        request.responseHandler(),
                                        progress,
                                        new ByteBudget(maxResponseBytes),
                                        ticker))
                        .fullDuplex(request.fullDuplex())
                        .httpExecutionAttributes(request.httpExecutionAttributes());
        request.metricCollector().ifPresent(watched::metricCollector);
        return client.execute(watched.build());
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }

    private record WatchedBody(SdkHttpContentPublisher body, CallProgress progress)
            implements SdkHttpContentPublisher {

        @Override
        public Optional<Long> contentLength() {
            return body.contentLength();
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            progress.connected();
            body.subscribe(subscriber);
        }
    }

    private static final class WatchedResponse implements SdkAsyncHttpResponseHandler {

        private final SdkAsyncHttpResponseHandler handler;
        private final CallProgress progress;
        private final ByteBudget budget;
        private final Ticker ticker;
        private boolean failed;

        WatchedResponse(
                SdkAsyncHttpResponseHandler handler,
                CallProgress progress,
                ByteBudget budget,
                Ticker ticker) {
            this.handler = handler;
            this.progress = progress;
            this.budget = budget;
            this.ticker = ticker;
        }

        @Override
        public void onHeaders(SdkHttpResponse response) {
            progress.answered(
                    response.statusCode(),
                    RequestId.of(response.firstMatchingHeader(REQUEST_ID).orElse(null)));
            failed = !response.isSuccessful();
            handler.onHeaders(response);
        }

        /** The SDK would wait for the end of whatever a failure has to say. */
        @Override
        public void onStream(Publisher<ByteBuffer> body) {
            var bounded = Flux.from(body).doOnNext(bytes -> budget.spend(bytes.remaining()));
            handler.onStream(
                    failed
                            ? bounded.takeUntilOther(ticker.pause(HttpSettings.LONGEST_ERROR))
                            : bounded);
        }

        @Override
        public void onError(Throwable failure) {
            handler.onError(failure);
        }
    }
}
