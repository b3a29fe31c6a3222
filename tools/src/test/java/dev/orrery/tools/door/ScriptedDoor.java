package dev.orrery.tools.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A door on loopback that answers what it was told to, and remembers what it was asked. */
public final class ScriptedDoor implements AutoCloseable {

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> resumptions = new CopyOnWriteArrayList<>();
    private volatile Answer toSessions = new Answer(201, "{\"id\":\"s-1\",\"greeting\":null}");
    private volatile Answer toMessages = new Answer(500, "");
    private volatile Answer toResumptions = new Answer(500, "");
    private volatile Answer toWallet =
            new Answer(
                    200,
                    """
                    {"posted_micros":990500000,"held_micros":5000000,"currency":"INR"}
                    """);

    public ScriptedDoor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/sessions", exchange -> answer(exchange, toSessions));
        server.createContext("/v1/sessions/s-1/messages", this::take);
        server.createContext("/v1/messages", this::resume);
        server.createContext("/v1/wallet", exchange -> answer(exchange, toWallet));
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void beginSessionsWith(String greeting) {
        toSessions = new Answer(201, "{\"id\":\"s-1\",\"greeting\":\"" + greeting + "\"}");
    }

    /** The stream ends, and its connection with it, where the body does. */
    public void answerMessageWith(int status, String body) {
        toMessages = new Answer(status, body);
    }

    public void answerResumptionWith(int status, String body) {
        toResumptions = new Answer(status, body);
    }

    public void answerWalletWith(int status, String body) {
        toWallet = new Answer(status, body);
    }

    /** Bodies of the messages that were posted. */
    public List<String> messages() {
        return messages;
    }

    /** Message and last event id of each resumption. */
    public List<String> resumedBehind() {
        return resumptions;
    }

    private void take(HttpExchange exchange) throws IOException {
        messages.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        answer(exchange, toMessages);
    }

    private void resume(HttpExchange exchange) throws IOException {
        var message = exchange.getRequestURI().getPath().split("/")[3];
        resumptions.add(
                message + " behind " + exchange.getRequestHeaders().getFirst("Last-Event-ID"));
        answer(exchange, toResumptions);
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
