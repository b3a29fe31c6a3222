package dev.orrery.embedded.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orrery.embedded.host.Ports;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Somebody who collects spans over OTLP/HTTP, reads them with OpenTelemetry's own classes, and
 * keeps them. Whoever uses it brings {@code io.opentelemetry.proto:opentelemetry-proto}, and closes
 * it.
 */
public final class SpanCollector implements AutoCloseable {

    private static final int NO_BODY = -1;

    /**
     * One request.
     *
     * @param headers names in lower case
     */
    public record Request(
            String path, Map<String, String> headers, ExportTraceServiceRequest spans) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int status = 200;
    private volatile boolean silent;

    private SpanCollector(HttpServer server) {
        this.server = server;
    }

    /** On a free port of this machine. */
    public static SpanCollector start() throws IOException {
        var collector =
                new SpanCollector(HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, 0), 0));
        collector.server.createContext("/", collector::collect);
        collector.server.setExecutor(collector.threads);
        collector.server.start();
        return collector;
    }

    private void collect(HttpExchange exchange) throws IOException {
        var headers =
                exchange.getRequestHeaders().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> entry.getKey().toLowerCase(Locale.ROOT),
                                        entry -> entry.getValue().getFirst(),
                                        (one, other) -> one,
                                        TreeMap::new));
        try (var body = unpacked(exchange.getRequestBody().readAllBytes(), headers)) {
            requests.add(
                    new Request(
                            exchange.getRequestURI().getPath(),
                            headers,
                            ExportTraceServiceRequest.parseFrom(body)));
        }
        if (!silent) {
            exchange.sendResponseHeaders(status, NO_BODY);
            exchange.close();
        }
    }

    private static InputStream unpacked(byte[] body, Map<String, String> headers)
            throws IOException {
        var bytes = new ByteArrayInputStream(body);
        return "gzip".equals(headers.get("content-encoding")) ? new GZIPInputStream(bytes) : bytes;
    }

    /** From now on it answers with this status. */
    public void answerWith(int status) {
        this.status = status;
    }

    /** From now on it takes requests and answers none. */
    public void fallSilent() {
        silent = true;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** All spans that have come. */
    public List<Span> spans() {
        return requests.stream()
                .flatMap(request -> request.spans().getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** A text attribute of a span; empty when it has none of this name. */
    public static String text(Span span, String attribute) {
        return span.getAttributesList().stream()
                .filter(each -> each.getKey().equals(attribute))
                .map(each -> each.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
