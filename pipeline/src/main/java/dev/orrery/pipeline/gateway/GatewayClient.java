package dev.orrery.pipeline.gateway;

import dev.orrery.pipeline.gateway.tokens.ServiceToken;
import dev.orrery.pipeline.http.Buffers;
import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has models asked by the gateway. Redirects are not followed, and nothing is sent twice: whether a
 * failed call is repeated is the caller's decision.
 *
 * <p>Thread safety: may be used on any thread; never blocks. Answers arrive on the connection's
 * event loop. Whoever made the client closes it.
 */
public final class GatewayClient implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;
    private static final int MAX_CONNECTIONS = 64;

    private final GatewayAccess access;
    private final ServiceToken token;
    private final ConnectionProvider pool;
    private final WebClient client;
    private final JsonMapper json = JsonMapper.builder().build();

    public GatewayClient(GatewayAccess access, Clock clock) {
        this.access = access;
        this.token = access.token(clock);
        this.pool =
                ConnectionProvider.builder("gateway")
                        .maxConnections(MAX_CONNECTIONS)
                        .pendingAcquireTimeout(access.connectLimit())
                        .build();
        var http =
                HttpClient.create(pool)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(access.connectLimit().toMillis()))
                        .option(ChannelOption.TCP_NODELAY, true)
                        .followRedirect(false)
                        .disableRetry(true);
        this.client =
                WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)).build();
        // Jackson builds its writers once, under a lock that an event loop must not wait for.
        json.writeValueAsBytes(GenerateRequest.ask("none", "none", "none"));
    }

    /**
     * Asks once per subscription. Fails with a {@link GatewayFailure} and nothing else; cancelling
     * has the gateway break its call off.
     */
    public Mono<Generated> generate(GenerateRequest request) {
        return Mono.defer(() -> post(json.writeValueAsBytes(request)))
                .timeout(access.answerLimit())
                .onErrorMap(GatewayClient::classified);
    }

    private Mono<Generated> post(byte[] body) {
        return client.post()
                .uri(access.generate())
                .header(HttpHeaders.AUTHORIZATION, "jwt " + token.of(body))
                .header("app-identifier", access.appIdentifier())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchangeToMono(this::read);
    }

    private Mono<Generated> read(ClientResponse response) {
        return DataBufferUtils.join(response.bodyToFlux(DataBuffer.class), MAX_ANSWER_BYTES)
                .map(Buffers::taken)
                .defaultIfEmpty(new byte[0])
                .map(json::readTree)
                .map(body -> {
                    if (response.statusCode().value() != 200) {
                        throw failure(response, body);
                    }
                    return generated(body);
                });
    }

    private static Generated generated(JsonNode body) {
        var message = body.path("choices").path(0).path("message");
        var text = message.path("content").asString("");
        var toolCalls =
                message.path("tool_calls").valueStream().map(GatewayClient::toolCall).toList();
        if (text.isBlank() && toolCalls.isEmpty()) {
            throw new GatewayFailure.Unreachable("an answer without a text", null);
        }
        var usage = body.path("usage");
        return new Generated(
                body.path("request_id").asString(""),
                body.path("provider").asString(""),
                body.path("model").asString(""),
                body.path("finish_reason").asString(""),
                text,
                toolCalls,
                usage.path("input_tokens").asLong(0),
                usage.path("output_tokens").asLong(0));
    }

    private static Generated.ToolCall toolCall(JsonNode call) {
        var function = call.path("function");
        return new Generated.ToolCall(
                call.path("id").asString(""),
                function.path("name").asString(""),
                function.path("arguments").asString(""));
    }

    private static GatewayFailure failure(ClientResponse response, JsonNode problem) {
        var code = problem.path("code").asString("unknown");
        int status = response.statusCode().value();
        return switch (code) {
            case "invalid_token" -> new GatewayFailure.TokenRefused();
            case "rate_limited" ->
                    new GatewayFailure.RateLimited(
                            Duration.ofSeconds(problem.path("retry_after_s").asLong(1)));
            case "request_in_progress" ->
                    new GatewayFailure.Unreachable("the same request is being answered", null);
            case "all_providers_failed",
                    "deadline_exceeded",
                    "content_refused",
                    "spending_limit_reached" ->
                    new GatewayFailure.NoAnswer(code);
            default ->
                    status >= 400 && status < 500
                            ? new GatewayFailure.RequestRefused(
                                    code, problem.path("detail").asString(""))
                            : new GatewayFailure.Unreachable("status " + status, null);
        };
    }

    private static GatewayFailure classified(Throwable failure) {
        return switch (failure) {
            case GatewayFailure known -> known;
            case TimeoutException late -> new GatewayFailure.Unreachable("no answer in time", late);
            case JacksonException unreadable ->
                    new GatewayFailure.Unreachable("an answer that is no JSON", null);
            case DataBufferLimitException large ->
                    new GatewayFailure.Unreachable(
                            "an answer above " + MAX_ANSWER_BYTES + " bytes", null);
            case WebClientRequestException away ->
                    new GatewayFailure.Unreachable(
                            "no connection, or it broke", away.getMostSpecificCause());
            default -> new GatewayFailure.Unreachable("the connection broke", failure);
        };
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
