package dev.orrery.llm.model;

import java.util.Optional;

/** The moderators that can be asked in this process. Thread safety: may be called on any thread. */
@FunctionalInterface
public interface Moderators {

    /**
     * The way to a provider's models that judge texts.
     *
     * @param provider lower-case code
     * @return empty when this process has no such provider, or no key for it, or nobody there
     *     judges texts
     */
    Optional<Moderator> moderator(String provider);
}
