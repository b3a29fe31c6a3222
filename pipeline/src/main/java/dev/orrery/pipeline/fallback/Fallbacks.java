package dev.orrery.pipeline.fallback;

import java.util.List;

/** Makes chains of wishes by the rules in force. */
public interface Fallbacks {

    /** The chain, the primary first. Called on any thread; returns at once, without I/O. */
    List<ChainStep> plan(ChainWish wish);
}
