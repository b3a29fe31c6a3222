package dev.orrery.enrichment.source;

import java.util.function.Function;

/**
 * How a kind of data is written, once for each format.
 *
 * @param <E> the answer as a turn sees it
 */
public record Texts<E>(
        Function<E, String> markdown, Function<E, String> json, Function<E, String> xml) {

    String of(E enriched, Format format) {
        return switch (format) {
            case MARKDOWN -> markdown.apply(enriched);
            case JSON -> json.apply(enriched);
            case XML -> xml.apply(enriched);
        };
    }
}
