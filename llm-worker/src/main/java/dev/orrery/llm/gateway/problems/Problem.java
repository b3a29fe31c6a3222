package dev.orrery.llm.gateway.problems;

import java.util.Map;

/**
 * A refusal on its way to the client. Its detail names the value and the expectation, and nothing
 * of our inside or of a provider's.
 */
public final class Problem extends RuntimeException {

    /** Member that says how long to wait, in seconds; also sent as {@code Retry-After}. */
    public static final String RETRY_AFTER = "retry_after_s";

    private final ProblemCode code;
    private final Map<String, Object> members;

    public Problem(ProblemCode code, String detail) {
        this(code, detail, Map.of());
    }

    /**
     * @param members further members of the problem document, by name
     */
    public Problem(ProblemCode code, String detail, Map<String, Object> members) {
        super(detail, null, false, false); // an answer, not a defect: nobody reads its stack
        this.code = code;
        this.members = Map.copyOf(members);
    }

    /** A field is not what it should be. */
    public static Problem invalid(String field, String detail) {
        return new Problem(ProblemCode.INVALID_REQUEST, field + ": " + detail);
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> members() {
        return members;
    }
}
