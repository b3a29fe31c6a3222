package dev.orrery.llm.http;

import dev.orrery.llm.model.ModelFailure;

/** How much of a response may still come. Not thread-safe: one a response. */
public final class ByteBudget {

    private final long maxBytes;
    private long spent;

    public ByteBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Fails when the response has become too large. */
    public void spend(int bytes) {
        spent += bytes;
        if (spent > maxBytes) {
            throw new ModelFailure.MalformedResponse("response above " + maxBytes + " bytes");
        }
    }
}
