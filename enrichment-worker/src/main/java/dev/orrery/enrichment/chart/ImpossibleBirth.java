package dev.orrery.enrichment.chart;

/**
 * A birth that cannot have been. The message names field, value and expectation: it is for the one
 * who asked, and not for logs, because most of an impossible birth is still a person's.
 */
public final class ImpossibleBirth extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    private final String value;

    private final String expectation;

    public ImpossibleBirth(String field, Object value, String expectation) {
        super(field + ": " + value + " (expected: " + expectation + ")");
        this.field = field;
        this.value = String.valueOf(value);
        this.expectation = expectation;
    }

    /** What of the birth is impossible: {@code date}, {@code latitude}, … */
    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    /** What would be possible. Holds nothing of the birth, so it may be logged. */
    public String expectation() {
        return expectation;
    }
}
