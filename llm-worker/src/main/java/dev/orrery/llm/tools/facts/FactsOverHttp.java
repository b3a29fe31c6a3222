package dev.orrery.llm.tools.facts;

import dev.orrery.llm.tools.Errand;
import dev.orrery.llm.tools.ToolFailure;
import dev.orrery.llm.tools.ToolFailure.Reason;
import dev.orrery.pipeline.gateway.GatewayAccess;
import dev.orrery.pipeline.gateway.tokens.ServiceToken;
import dev.orrery.pipeline.http.Buffers;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the enrichment worker. Redirects are not followed, and nothing is sent twice.
 *
 * <p>Thread safety: may be used on any thread; never blocks. Answers arrive on the connection's
 * event loop.
 */
final class FactsOverHttp implements Facts {

    private static final Logger log = LoggerFactory.getLogger(FactsOverHttp.class);

    private static final int MAX_ANSWER_BYTES = 256 * 1024;
    private static final String ABSENT = "absent";

    private final GatewayAccess access;
    private final ServiceToken token;
    private final ConnectionProvider pool;
    private final WebClient client;
    private final JsonMapper json = JsonMapper.builder().build();

    /**
     * @param connections the most at once
     */
    FactsOverHttp(GatewayAccess access, int connections, Clock clock) {
        this.access = access;
        this.token =
                new ServiceToken(
                        access.key(),
                        access.service(),
                        access.tokenLife(),
                        access.signBodies(),
                        clock);
        this.pool =
                ConnectionProvider.builder("facts")
                        .maxConnections(connections)
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
        json.writeValueAsBytes(json.createObjectNode());
    }

    @Override
    public Mono<String> carryOut(Errand errand) {
        return Mono.fromCallable(() -> FactQuestion.of(errand))
                .flatMap(this::ask)
                .timeout(access.answerLimit())
                .onErrorMap(FactsOverHttp::classified);
    }

    private Mono<String> ask(FactQuestion question) {
        var body = json.writeValueAsBytes(question.body());
        return client.post()
                .uri(address(question.kind()))
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token.of(body))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchangeToMono(this::read);
    }

    private URI address(String kind) {
        var base = access.url().toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "v1/facts/" + kind);
    }

    private Mono<String> read(ClientResponse response) {
        return DataBufferUtils.join(response.bodyToFlux(DataBuffer.class), MAX_ANSWER_BYTES)
                .map(Buffers::taken)
                .defaultIfEmpty(new byte[0])
                .map(json::readTree)
                .map(answer -> text(response.statusCode().value(), answer));
    }

    private static String text(int status, JsonNode answer) {
        if (status == 400 && answer.path("code").asString("").equals("invalid_request")) {
            throw new ToolFailure(Reason.BAD_ARGUMENTS, answer.path("detail").asString(""));
        }
        if (status != 200) {
            log.atWarn()
                    .addKeyValue("status", status)
                    .addKeyValue("code", answer.path("code").asString(""))
                    .log("A fact was refused");
            throw new ToolFailure(Reason.UNAVAILABLE, "it cannot be had now");
        }
        var text = answer.path("text").asString("");
        if (answer.path("state").asString(ABSENT).equals(ABSENT) || text.isBlank()) {
            throw new ToolFailure(Reason.ABSENT, answer.path("absence").asString("unknown"));
        }
        return text;
    }

    /** Whatever is wrong with the way there is one thing to the model: it cannot be had now. */
    private static Throwable classified(Throwable failure) {
        return switch (failure) {
            case ToolFailure known -> known;
            case TimeoutException ignored -> new ToolFailure(Reason.TIMED_OUT, "no result in time");
            default -> away(failure);
        };
    }

    private static ToolFailure away(Throwable failure) {
        log.atWarn()
                .addKeyValue("reason", failure.getClass().getSimpleName())
                .log("Facts cannot be asked for");
        return new ToolFailure(Reason.UNAVAILABLE, "it cannot be had now");
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
