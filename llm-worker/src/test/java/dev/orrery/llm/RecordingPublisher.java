package dev.orrery.llm;

import dev.orrery.events.ReplyEvent;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.publish.Publisher;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Takes every event; acknowledges at once, or when the test says so. */
public final class RecordingPublisher implements Publisher {

    private final List<Event<?>> published = new CopyOnWriteArrayList<>();
    private final Queue<Sinks.Empty<Void>> unacknowledged = new ArrayDeque<>();
    private Consumer<Event<?>> onPublish = event -> {};
    private boolean holding;
    private int failures;

    /** From now on nothing is acknowledged before {@link #acknowledge}. */
    public void hold() {
        holding = true;
    }

    /** Acknowledges the oldest event that is not. */
    public void acknowledge() {
        unacknowledged.remove().tryEmitEmpty();
    }

    /** Whether there is an event to be acknowledged. */
    public boolean isWaited() {
        return !unacknowledged.isEmpty();
    }

    /** The next events cannot be written. */
    public void failNext(int count) {
        failures = count;
    }

    /** Is told of every event before it is taken. */
    public void onPublish(Consumer<Event<?>> listener) {
        onPublish = listener;
    }

    @Override
    public Mono<Void> publish(Event<?> event) {
        return Mono.defer(() -> {
            onPublish.accept(event);
            published.add(event);
            if (failures > 0) {
                failures--;
                return Mono.error(new PublishFailed("the broker is away"));
            }
            if (!holding) {
                return Mono.empty();
            }
            var acknowledgement = Sinks.<Void>empty();
            unacknowledged.add(acknowledgement);
            return acknowledgement.asMono();
        });
    }

    public List<Event<?>> published() {
        return List.copyOf(published);
    }

    /** What was published to the reader, in order. */
    public List<ReplyEvent> replies() {
        return published.stream()
                .map(Event::value)
                .filter(ReplyEvent.class::isInstance)
                .map(ReplyEvent.class::cast)
                .toList();
    }
}
