package dev.orrery.embedded.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orrery.embedded.host.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP side: bytes in, JSON out, and every failure an error that clients of Confluent's
 * registry understand.
 *
 * <p>Requests run on eight threads of its own, 256 more wait; beyond that the accepting thread
 * serves them itself and so takes on nothing new meanwhile.
 */
final class RegistryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final int THREADS = 8;

    private static final int MAX_WAITING_REQUESTS = 256;

    private static final int MAX_REQUEST_BYTES = 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Routes routes;

    private final HttpServer server;

    private final ExecutorService executor =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MAX_WAITING_REQUESTS),
                    Thread.ofPlatform().name("schema-registry-", 1).daemon().factory(),
                    new ThreadPoolExecutor.CallerRunsPolicy());

    private RegistryServer(Routes routes, HttpServer server) {
        this.routes = routes;
        this.server = server;
    }

    static RegistryServer start(Routes routes, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, port), 0);
        RegistryServer server = new RegistryServer(routes, http);
        http.setExecutor(server.executor);
        http.createContext("/", server::serve);
        http.start();
        return server;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                respond(exchange, 200, answer(exchange));
            } catch (Refused refused) {
                respond(exchange, refused.status(), error(refused.code(), refused.getMessage()));
            } catch (RuntimeException fault) {
                LOG.error(
                        "{} {} failed",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        fault);
                respond(exchange, 500, error(500, "Internal Server Error"));
            }
        }
    }

    private Object answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        RequestBody body = new RequestBody(read(exchange));
        return routes.answer(exchange.getRequestMethod(), path(uri), query(uri), body);
    }

    private static byte[] read(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
        if (bytes.length > MAX_REQUEST_BYTES) {
            throw Refused.tooLarge(MAX_REQUEST_BYTES);
        }
        return bytes;
    }

    private static List<String> path(URI uri) {
        return Arrays.stream(uri.getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                // A plus sign stands for a space in queries alone.
                .map(segment -> decoded(segment.replace("+", "%2B")))
                .toList();
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> parameters = new TreeMap<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Refused.noSuchRoute();
        }
    }

    private static Map<String, Object> error(int code, @Nullable String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("error_code", code);
        error.put("message", String.valueOf(message));
        return error;
    }

    private static void respond(HttpExchange exchange, int status, Object answer)
            throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Cuts what is running; clients repeat it. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
