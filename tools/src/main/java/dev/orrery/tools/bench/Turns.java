package dev.orrery.tools.bench;

import dev.orrery.tools.door.Door;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Turns through the whole pipeline, over HTTP, as an app would post and read them. */
final class Turns {

    private final URI address;
    private final List<String> tokens;

    /**
     * @param tokens one for each client there can be, each of another user
     */
    Turns(URI address, List<String> tokens) {
        this.address = address;
        this.tokens = tokens;
    }

    /**
     * From sending the message to the first visible text, one turn after the other in one session.
     */
    Latencies firstTokens(int rounds) throws IOException, InterruptedException {
        var latencies = new Latencies();
        try (var door = new Door(address, tokens.getFirst())) {
            var session = openSession(door);
            for (int round = 0; round < rounds; round++) {
                long begun = System.nanoTime();
                long[] firstText = {0};
                complete(door, session, () -> firstText[0] = System.nanoTime());
                latencies.add(firstText[0] - begun);
            }
        }
        return latencies;
    }

    /**
     * Completed turns per second with so many clients, each in a session of its own, one turn after
     * the other.
     */
    double perSecond(int clients, Duration length) throws InterruptedException, ExecutionException {
        var completed = new AtomicInteger();
        long begun = System.nanoTime();
        long endAt = begun + length.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    threads.invokeAll(
                            tokens.subList(0, clients).stream()
                                    .map(token -> client(token, endAt, completed))
                                    .toList());
            for (var each : all) {
                each.get();
            }
        }
        return completed.get() / ((System.nanoTime() - begun) / 1e9);
    }

    private Callable<Void> client(String token, long endAt, AtomicInteger completed) {
        return () -> {
            try (var door = new Door(address, token)) {
                var session = openSession(door);
                while (System.nanoTime() < endAt) {
                    complete(door, session, () -> {});
                    completed.incrementAndGet();
                }
            }
            return null;
        };
    }

    private static String openSession(Door door) throws IOException, InterruptedException {
        return door.post("/v1/sessions", Map.of("bot", BenchBot.SLUG)).path("id").asString();
    }

    private static void complete(Door door, String session, Runnable onFirstText)
            throws IOException, InterruptedException {
        var reply =
                new Object() {
                    boolean seen;
                    String ending = "";
                };
        door.converse(
                session,
                "What does today hold?",
                part -> {
                    if (part.name().equals("delta") && !reply.seen) {
                        reply.seen = true;
                        onFirstText.run();
                    }
                    if (part.isTerminal()) {
                        reply.ending = part.name() + " " + part.data();
                    }
                },
                () -> {});
        if (!reply.ending.startsWith("completed")) {
            throw new IOException("a turn was not completed: " + reply.ending);
        }
    }
}
