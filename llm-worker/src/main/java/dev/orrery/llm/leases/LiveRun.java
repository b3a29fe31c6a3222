package dev.orrery.llm.leases;

import dev.orrery.pipeline.turn.Turns.RunProgress;
import java.util.UUID;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A run that is alive in this process. Thread safety: all methods may be called on any thread. */
public final class LiveRun {

    /** Why a run is to stop without another word. */
    public enum StopReason {
        /** Another run holds the turn by now, or somebody has ended it. */
        LEASE_LOST,
        /** The turn was cancelled. */
        CANCELLED,
        /** This process stops, and has waited long enough. */
        SHUT_DOWN
    }

    private final UUID turn;
    private final UUID run;
    private final Sinks.One<StopReason> stop = Sinks.one();
    private volatile long inputTokens;
    private volatile long outputTokens;

    LiveRun(UUID turn, UUID run, long inputTokens) {
        this.turn = turn;
        this.run = run;
        this.inputTokens = inputTokens;
    }

    UUID turn() {
        return turn;
    }

    /** Emits once, when the run is to stop; never completes otherwise. */
    public Mono<StopReason> stopped() {
        return stop.asMono();
    }

    /**
     * Notes what was delivered so far; what an epoch that became void had delivered is not taken
     * back.
     */
    public void delivered(long estimatedTokens) {
        outputTokens =
                Math.max(outputTokens, estimatedTokens); // the chain's signals come one at a time
    }

    /** Notes that a model was sent so much more, by another call of the same answer. */
    public void sent(long estimatedTokens) {
        inputTokens = inputTokens + estimatedTokens; // the chain's signals come one at a time
    }

    RunProgress progress() {
        return new RunProgress(turn, run, inputTokens, outputTokens);
    }

    void stop(StopReason reason) {
        stop.tryEmitValue(reason);
    }
}
