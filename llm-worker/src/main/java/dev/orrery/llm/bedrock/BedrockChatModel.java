package dev.orrery.llm.bedrock;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/**
 * {@link ChatModel} over {@code ConverseStream} and {@code Converse}. One instance serves every
 * model in every region; whoever made it closes it.
 */
public final class BedrockChatModel implements ChatModel, AutoCloseable {

    private final BedrockAccess access;
    private final RegionClients clients;
    private final Failures failures;
    private final Ticker ticker;

    /**
     * @param clock reads dates in Bedrock's wishes to be left alone
     * @param ticker measures the limit for the connection, and for the body of a failure
     */
    public BedrockChatModel(
            BedrockAccess access, HttpSettings settings, Clock clock, Ticker ticker) {
        this.access = access;
        this.clients = new RegionClients(access, settings, ticker);
        this.failures = new Failures(clock);
        this.ticker = ticker;
    }

    @Override
    public Flux<ModelChunk> stream(Prompt prompt) {
        return Flux.defer(() -> {
            var progress = new CallProgress();
            var region = Objects.requireNonNullElse(prompt.region(), access.defaultRegion());
            return clients.of(region)
                    .flatMapMany(client ->
                            prompt.streamed()
                                    ? streamed(client, prompt, progress)
                                    : whole(client, prompt, progress))
                    .timeout(notConnectedWithin(prompt.connectLimit(), progress))
                    .onErrorMap(
                            failure -> failures.of(failure, progress).about(progress.requestId()));
        });
    }

    private static Flux<ModelChunk> streamed(
            BedrockRuntimeAsyncClient client, Prompt prompt, CallProgress progress) {
        var reader = new EventReader(progress);
        return ConverseCall.events(client, ConverseRequests.of(prompt, progress))
                .concatMapIterable(reader::read)
                .concatWith(Mono.defer(reader::end));
    }

    private static Flux<ModelChunk> whole(
            BedrockRuntimeAsyncClient client, Prompt prompt, CallProgress progress) {
        var request = ConverseRequests.whole(prompt, progress);
        return Mono.fromFuture(() -> client.converse(request))
                .flatMapIterable(response -> WholeMessage.in(response, progress));
    }

    /**
     * Signals only when the limit has passed and the request is still waiting for its connection.
     */
    private Mono<Boolean> notConnectedWithin(Duration limit, CallProgress progress) {
        return ticker.pause(limit)
                .then(
                        Mono.defer(() ->
                                progress.isConnected() ? Mono.<Boolean>never() : Mono.just(true)));
    }

    @Override
    public void close() {
        clients.close();
    }
}
