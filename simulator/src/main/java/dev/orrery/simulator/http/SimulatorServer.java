package dev.orrery.simulator.http;

import dev.orrery.simulator.call.Call;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.call.Received;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * The HTTP side: reads requests, hands them to the service under whose base they fall, and has the
 * answers performed. Listens on loopback only; two event loops of its own carry all connections.
 */
public final class SimulatorServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorServer.class);

    private static final String LOOPBACK = "127.0.0.1";

    private static final int EVENT_LOOPS = 2;

    /** Several thousand clients may come at once. */
    private static final int BACKLOG = 4_096;

    private static final int MAX_HEADER_BYTES = 32 << 10;

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

    /** Longer than clients keep a connection, so that it is they who close it. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final List<SimulatedService> services;

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final LoopResources loops = LoopResources.create("simulator", EVENT_LOOPS, true);

    private final DisposableServer server;

    private volatile boolean closing;

    /**
     * Binds and serves.
     *
     * @param port 0 for any that is free
     * @throws reactor.netty.ChannelBindException if the port is taken; nothing is left running
     */
    public SimulatorServer(int port, List<SimulatedService> services) {
        this.services = List.copyOf(services);
        this.server = bound(port);
        LOG.info("Simulating {} on port {}", bases(), server.port());
    }

    private DisposableServer bound(int port) {
        try {
            return HttpServer.create()
                    .host(LOOPBACK)
                    .port(port)
                    .runOn(loops)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .doOnConnection(connection -> connections.add(connection.channel()))
                    .httpRequestDecoder(decoder -> decoder.maxHeaderSize(MAX_HEADER_BYTES))
                    .idleTimeout(LONGEST_IDLE)
                    .handle(this::serve)
                    .bindNow();
        } catch (RuntimeException notBound) {
            loops.dispose();
            throw notBound;
        }
    }

    public int port() {
        return server.port();
    }

    private Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        return RequestBody.of(request)
                .timeout(LONGEST_REQUEST)
                .flatMap(body -> answer(received(request, body), request, response))
                .onErrorResume(
                        RequestBody.TooLarge.class,
                        tooLarge -> plain(response, 413, "Request body above 8 MiB"))
                .onErrorResume(
                        TimeoutException.class,
                        late -> plain(response, 408, "Request took longer than 30 s"));
    }

    private Mono<Void> answer(
            Received received, HttpServerRequest request, HttpServerResponse response) {
        for (SimulatedService service : services) {
            if (service.serves(received.path())) {
                return performed(service.take(received), request, response);
            }
        }
        return received.path().equals("/")
                ? plain(response, 200, "Simulating " + bases())
                : plain(response, 404, "Nothing is here; simulating " + bases());
    }

    private Mono<Void> performed(
            SimulatedService.Exchange exchange,
            HttpServerRequest request,
            HttpServerResponse response) {
        Call call = exchange.call();
        return new Performance(call, request, response)
                .of(exchange.answer())
                .doFinally(end -> left(call));
    }

    /**
     * A call that has not ended lost its connection: to us if we are closing, else to the client.
     */
    private void left(Call call) {
        call.end(closing ? CallState.CUT : CallState.CANCELLED);
    }

    private static Received received(HttpServerRequest request, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        request.requestHeaders()
                .forEach(header ->
                        headers.putIfAbsent(
                                header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        String uri = request.uri();
        int mark = uri.indexOf('?');
        String query = mark < 0 ? "" : uri.substring(mark + 1);
        return new Received(request.method().name(), request.fullPath(), query, headers, body);
    }

    private String bases() {
        return String.join(", ", services.stream().map(SimulatedService::base).toList());
    }

    private static Mono<Void> plain(HttpServerResponse response, int status, String text) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        return response.status(status)
                .header("content-type", "text/plain; charset=utf-8")
                .sendByteArray(Mono.just(body))
                .then();
    }

    /** Cuts what is open and frees the port. May be called twice. */
    @Override
    public void close() {
        closing = true;
        server.disposeNow(LONGEST_STOP);
        connections.close().awaitUninterruptibly(LONGEST_STOP.toMillis());
        loops.disposeLater(Duration.ZERO, LONGEST_STOP).block(LONGEST_STOP.plusSeconds(1));
    }
}
