package dev.orrery.ingest.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** A client that reads a reply in the background. */
public final class Reader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final List<ShownEvent> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final Disposable reading;

    public Reader(Flux<ShownEvent> stream) {
        this.reading =
                stream.subscribe(events::add, end::completeExceptionally, () -> end.complete(true));
    }

    /** Waits until the client was shown the event. */
    public Reader awaitId(long id) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_AGAIN)
                .until(() -> ids().contains(id));
        return this;
    }

    /** The id of the message, as the first event tells it. */
    public String message() {
        awaitId(0);
        return events.getFirst().json().path("message_id").asString();
    }

    public List<Long> ids() {
        return events.stream().map(ShownEvent::id).toList();
    }

    /** Waits for the end of the stream; all that was shown. */
    public List<ShownEvent> toEnd() {
        end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return List.copyOf(events);
    }

    /** Hangs up. */
    @Override
    public void close() {
        reading.dispose();
    }
}
