package dev.orrery.llm.guard;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls of one provider may be in flight.
 *
 * @param initial as long as nothing is known of the provider, from the least to the most
 * @param least however slow the provider grows, 1 or more
 * @param most however fast it is, up to 10,000
 */
public record ConcurrencySettings(
        @DefaultValue("512") int initial,
        @DefaultValue("16") int least,
        @DefaultValue("1024") int most) {

    private static final int HIGHEST = 10_000;

    public ConcurrencySettings {
        if (least < 1 || initial < least || most < initial || most > HIGHEST) {
            throw new IllegalArgumentException(
                    "orrery.llm.concurrency: %d, %d, %d (expected: 1 <= least <= initial <= most <= %d)"
                            .formatted(least, initial, most, HIGHEST));
        }
    }

    /** What holds where nothing is configured. */
    public static ConcurrencySettings defaults() {
        return new ConcurrencySettings(512, 16, 1024);
    }
}
