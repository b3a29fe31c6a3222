package dev.orrery.llm.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A real HTTP server on loopback that plays answers: the first call the first one, the next call
 * the next one, and the last one for ever. It remembers what it was asked.
 */
public final class PlayedProvider implements AutoCloseable {

    /** What was asked. Names of headers in lower case. */
    public record Asked(String uri, Map<String, String> headers, String body) {}

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Set<Object> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private final DisposableServer server;
    private volatile List<PlayedAnswer> answers = List.of();

    public PlayedProvider() {
        server = HttpServer.create().host("127.0.0.1").port(0).handle(this::play).bindNow();
    }

    public PlayedProvider playing(PlayedAnswer... next) {
        answers = List.of(next);
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Over how many connections it was asked. */
    public int connections() {
        return connections.size();
    }

    /** How many answers were broken off by whoever asked. */
    public int brokenOff() {
        return brokenOff.get();
    }

    private Publisher<Void> play(HttpServerRequest request, HttpServerResponse response) {
        request.withConnection(connection -> connections.add(connection.channel().id()));
        return request.receive()
                .aggregate()
                .asString()
                .defaultIfEmpty("")
                .flatMap(body -> Mono.from(send(remembered(request, body), response)));
    }

    private PlayedAnswer remembered(HttpServerRequest request, String body) {
        var headers = new LinkedHashMap<String, String>();
        request.requestHeaders()
                .forEach(it -> headers.put(it.getKey().toLowerCase(Locale.ROOT), it.getValue()));
        asked.add(new Asked(request.uri(), headers, body));
        var script = answers;
        return script.get(Math.min(asked.size(), script.size()) - 1);
    }

    private Publisher<Void> send(PlayedAnswer answer, HttpServerResponse response) {
        response.status(answer.status());
        answer.headers().forEach(response::header);
        Flux<ByteBuf> packets =
                answer.body().map(Unpooled::wrappedBuffer).doOnCancel(brokenOff::incrementAndGet);
        return response.send(packets, packet -> true);
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
    }
}
