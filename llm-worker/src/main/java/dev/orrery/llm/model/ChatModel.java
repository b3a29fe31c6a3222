package dev.orrery.llm.model;

import reactor.core.publisher.Flux;

/**
 * A language model that can be asked for an answer, piece by piece.
 *
 * <p>Thread safety: may be asked on any thread, event loops included; it never blocks. Chunks
 * arrive one at a time, on whatever thread the provider's connection uses.
 */
public interface ChatModel {

    /**
     * Asks once. Cold: every subscription is a call of its own, and nothing leaves before it.
     * Pieces are passed on as they arrive, never collected. Cancelling closes the connection to the
     * provider.
     *
     * <p>Valid traces: at most one {@link ModelChunk.Started}, then any number of text, reasoning,
     * tool and usage chunks with exactly one {@link ModelChunk.Finished} among them, after which
     * only usage follows. They are the same for a prompt that is not streamed. A call that goes
     * wrong fails with a {@link ModelFailure} and with nothing else. Of the time limits only the
     * one for the connection is kept here; the caller keeps the others.
     */
    Flux<ModelChunk> stream(Prompt prompt);
}
