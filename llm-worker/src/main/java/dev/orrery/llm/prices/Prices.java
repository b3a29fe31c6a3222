package dev.orrery.llm.prices;

import dev.orrery.llm.model.ModelChunk;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The prices that hold now. Thread safety: may be asked on any thread; never blocks. */
@FunctionalInterface
public interface Prices {

    /** Nothing has a known price. */
    Prices UNKNOWN = (provider, model) -> Optional.empty();

    /** The price of a model; empty when it is not known. */
    Optional<Price> of(String provider, String model);

    /**
     * The cost of a call; null when the price is not known.
     *
     * @param estimated whether the usage is
     */
    default @Nullable Cost cost(
            String provider, String model, ModelChunk.Usage usage, boolean estimated) {
        return of(provider, model).map(price -> price.of(usage, estimated)).orElse(null);
    }

    /** Whether a model is known to cost nothing. */
    default boolean isFree(String provider, String model) {
        return of(provider, model).map(Price::isFree).orElse(false);
    }
}
