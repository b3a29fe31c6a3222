package dev.orrery.llm.prices;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Prices as they stand in {@code llm.prices}. Immutable. */
record PriceList(List<Entry> entries) {

    static final PriceList EMPTY = new PriceList(List.of());

    private static final String ANY = "*";

    private static final Comparator<Entry> COUNTS_MORE =
            Comparator.<Entry, Boolean>comparing(entry -> !entry.provider().equals(ANY))
                    .thenComparing(entry -> entry.beginning().length())
                    .thenComparing(entry -> !entry.isPattern())
                    .thenComparing(Entry::effectiveFrom);

    PriceList {
        entries = List.copyOf(entries);
    }

    /** The price that holds for a model at this time; empty when there is none. */
    Optional<Price> find(String provider, String model, Instant at) {
        return entries.stream()
                .filter(entry -> entry.isFor(provider, model) && !entry.effectiveFrom().isAfter(at))
                .max(COUNTS_MORE)
                .map(Entry::price);
    }

    /**
     * One row.
     *
     * @param provider code, or {@code *}
     * @param modelPattern a model's name, or its beginning and a {@code *}
     */
    record Entry(String provider, String modelPattern, Instant effectiveFrom, Price price) {

        private boolean isFor(String asked, String model) {
            boolean sameProvider = provider.equals(ANY) || provider.equals(asked);
            return sameProvider
                    && (isPattern() ? model.startsWith(beginning()) : model.equals(modelPattern));
        }

        private boolean isPattern() {
            return modelPattern.endsWith(ANY);
        }

        private String beginning() {
            return isPattern()
                    ? modelPattern.substring(0, modelPattern.length() - ANY.length())
                    : modelPattern;
        }
    }
}
