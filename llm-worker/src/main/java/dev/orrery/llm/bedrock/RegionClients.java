package dev.orrery.llm.bedrock;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.token.credentials.StaticTokenProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;

/**
 * The clients of the SDK, one a region, made when a region is first called; no more than there are
 * regions. They share event loops and limits; nothing they do is repeated, since whether a call is
 * repeated is the chain's decision.
 *
 * <p>Thread safety: may be asked on any thread; never blocks. Closing it closes all of them.
 */
final class RegionClients implements AutoCloseable {

    /** Above every limit of a call; reached only when a call has no limit of its own. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);

    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(30);

    private final BedrockAccess access;
    private final SdkAsyncHttpClient http;
    private final SdkEventLoopGroup eventLoops = SdkEventLoopGroup.builder().build();
    private final ConcurrentMap<String, BedrockRuntimeAsyncClient> clients =
            new ConcurrentHashMap<>();

    RegionClients(BedrockAccess access, HttpSettings settings, Ticker ticker) {
        this.access = access;
        this.http =
                new WatchedHttpClient(
                        netty(settings, eventLoops), settings.maxResponse().toBytes(), ticker);
    }

    /** The SDK's own limit for reading is off: between chunks only the chain knows what is late. */
    private static SdkAsyncHttpClient netty(HttpSettings settings, SdkEventLoopGroup eventLoops) {
        return NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(eventLoops)
                .maxConcurrency(settings.maxConnections())
                .maxPendingConnectionAcquires(settings.maxConnections())
                .connectionAcquisitionTimeout(LONGEST_CONNECT)
                .connectionTimeout(LONGEST_CONNECT)
                .tlsNegotiationTimeout(LONGEST_HANDSHAKE)
                .writeTimeout(LONGEST_WRITE)
                .readTimeout(Duration.ZERO)
                .connectionMaxIdleTime(settings.maxIdle())
                .connectionTimeToLive(settings.maxAge())
                .tcpKeepAlive(true)
                .build();
    }

    /**
     * Fails with {@link ModelFailure} for what is no region. Making a client reads tables from the
     * class path, which an event loop must not wait for.
     */
    Mono<BedrockRuntimeAsyncClient> of(String region) {
        var client = clients.get(region);
        if (client != null) {
            return Mono.just(client);
        }
        if (!Regions.names().contains(region)) {
            return Mono.error(new ModelFailure.RejectedInput("not a region"));
        }
        return Mono.fromCallable(() -> clients.computeIfAbsent(region, this::make))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private BedrockRuntimeAsyncClient make(String region) {
        var builder =
                BedrockRuntimeAsyncClient.builder()
                        .region(Region.of(region))
                        .httpClient(http)
                        .overrideConfiguration(configuration ->
                                configuration
                                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                                        .defaultProfileFileSupplier(
                                                () -> ProfileFile.aggregator().build()))
                        .asyncConfiguration(configuration ->
                                configuration.advancedOption(
                                        // What follows never blocks, so it needs no other thread.
                                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR,
                                        Runnable::run));
        var endpoint = access.endpoint(region);
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return proving(access.credentials(), builder).build();
    }

    private static BedrockRuntimeAsyncClientBuilder proving(
            BedrockAccess.Credentials credentials, BedrockRuntimeAsyncClientBuilder builder) {
        return switch (credentials) {
            case BedrockAccess.Credentials.Keys keys ->
                    builder.authSchemeProvider(scheme("sigv4"))
                            .credentialsProvider(StaticCredentialsProvider.create(signing(keys)));
            case BedrockAccess.Credentials.ApiKey token ->
                    builder.authSchemeProvider(scheme("httpBearerAuth"))
                            .tokenProvider(StaticTokenProvider.create(token::key));
        };
    }

    private static BedrockRuntimeAuthSchemeProvider scheme(String name) {
        return BedrockRuntimeAuthSchemeProvider.defaultProvider(List.of(name));
    }

    private static AwsCredentials signing(BedrockAccess.Credentials.Keys keys) {
        return keys.sessionToken() == null
                ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
                : AwsSessionCredentials.create(
                        keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    }

    @Override
    public void close() {
        clients.values().forEach(BedrockRuntimeAsyncClient::close);
        http.close();
        eventLoops.eventLoopGroup().shutdownGracefully();
    }
}
