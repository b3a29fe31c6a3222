package dev.orrery.pipeline.safety;

/** What a revision says about safety is not what it should be. Repeats nothing that was written. */
public final class MalformedSafety extends IllegalArgumentException {

    private final String field;
    private final String fault;

    /**
     * @param field for example {@code safety.input.model}
     * @param fault what stands there, and what was expected
     */
    MalformedSafety(String field, String fault) {
        super("metadata." + field + ": " + fault);
        this.field = field;
        this.fault = fault;
    }

    /** The field within the metadata, for example {@code safety.input.model}. */
    public String field() {
        return field;
    }

    /** What stands there, and what was expected. */
    public String fault() {
        return fault;
    }
}
