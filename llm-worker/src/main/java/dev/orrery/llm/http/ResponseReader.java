package dev.orrery.llm.http;

import dev.orrery.llm.model.ModelChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what one response holds into chunks; knows one protocol. Called on an event loop, by one
 * thread at a time; must not block. Not reusable: one a response.
 */
public interface ResponseReader {

    /**
     * The chunks of an event of a stream, none of them a {@link ModelChunk.Started}. Fails with
     * {@link dev.orrery.llm.model.ModelFailure} when it tells of an error, or nothing sensible.
     */
    List<ModelChunk> read(ServerEvent event);

    /**
     * The chunks of an answer that came whole: the same that its stream would have had. Fails as
     * {@link #read} does.
     *
     * @param body JSON, as far as its content type tells
     */
    List<ModelChunk> readWhole(byte[] body);

    /** Whether nothing of use can follow in a stream. */
    boolean isDone();

    /** The id that the answer itself has told so far; null when it has not. */
    @Nullable String requestId();
}
