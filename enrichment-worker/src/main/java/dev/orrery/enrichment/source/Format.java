package dev.orrery.enrichment.source;

/** How a fact is written for a prompt. */
public enum Format {
    MARKDOWN,
    JSON,
    XML;

    /** The format of this name; {@link #MARKDOWN} for one that only a newer version knows. */
    public static Format of(String name) {
        return switch (name) {
            case "json" -> JSON;
            case "xml" -> XML;
            default -> MARKDOWN;
        };
    }
}
