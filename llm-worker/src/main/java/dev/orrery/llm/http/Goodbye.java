package dev.orrery.llm.http;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The time between the last chunk of an answer and the end of its response. Waiting for it keeps
 * the connection usable for the next call; waiting for ever would keep the reader waiting.
 */
public final class Goodbye {

    private static final Duration LONGEST = Duration.ofMillis(200);

    private Goodbye() {}

    /**
     * Passes chunks on, and completes at the latest a moment after the model has finished and gone
     * silent.
     */
    public static Flux<ModelChunk> bounded(Flux<ModelChunk> chunks, Ticker ticker) {
        return chunks.timeout(Mono.never(), chunk -> silence(chunk, ticker), Flux.empty());
    }

    private static Publisher<Void> silence(ModelChunk last, Ticker ticker) {
        return last instanceof ModelChunk.Finished ? ticker.pause(LONGEST) : Mono.never();
    }
}
