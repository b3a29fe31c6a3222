package dev.orrery.llm.http;

import dev.orrery.llm.model.ModelChunk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call has come to. Written on the connection's event loop, read by the timer of the
 * connection.
 */
final class CallProgress {

    private volatile boolean connected;
    private volatile boolean answered;
    private volatile @Nullable String requestId;
    private boolean told;

    /** There is a connection, and the request is being written to it. */
    void connected() {
        connected = true;
    }

    /**
     * The head of a response has come.
     *
     * @param id as its headers tell it
     */
    void answered(@Nullable String id) {
        answered = true;
        requestId = id;
    }

    /**
     * The chunks, with the request's id before the first of them that come after it is known. The
     * headers' id stands above the answer's own.
     */
    List<ModelChunk> begun(List<ModelChunk> chunks, ResponseReader reader) {
        if (told) {
            return chunks;
        }
        var id = requestId == null ? RequestId.of(reader.requestId()) : requestId;
        if (id == null) {
            return chunks;
        }
        told = true;
        requestId = id;
        var more = new ArrayList<ModelChunk>(chunks.size() + 1);
        more.add(new ModelChunk.Started(id));
        more.addAll(chunks);
        return more;
    }

    boolean isConnected() {
        return connected;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Null as long as it is unknown. */
    @Nullable String requestId() {
        return requestId;
    }
}
