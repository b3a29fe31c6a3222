package dev.orrery.llm.model;

import java.util.Optional;

/** The models that can be asked in this process. Thread safety: may be called on any thread. */
@FunctionalInterface
public interface Models {

    /**
     * The way to a provider's models.
     *
     * @param provider lower-case code
     * @return empty when this process has no such provider, or no key for it
     */
    Optional<ChatModel> of(String provider);

    /** Whether a provider's models may be offered tools, as far as anybody has said. */
    default boolean takesTools(String provider) {
        return true;
    }
}
