package dev.orrery.llm.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * Where a provider's models are asked when a step does not say; null where it has no regions.
     */
    default @Nullable String defaultRegion(String provider) {
        return null;
    }

    /** Whether a provider's models may be offered tools, as far as anybody has said. */
    default boolean takesTools(String provider) {
        return true;
    }
}
