package dev.orrery.enrichment.http;

import dev.orrery.enrichment.source.SourceFailure;
import java.io.ByteArrayOutputStream;

/** A body as it comes in, up to a limit. Not thread-safe: one a response. */
final class BoundedBody {

    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Fails when the body has become too large. */
    void add(byte[] piece) {
        if (bytes.size() + piece.length > maxBytes) {
            throw new SourceFailure.InvalidAnswer("the body (expected: <= " + maxBytes + " bytes)");
        }
        bytes.writeBytes(piece);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
