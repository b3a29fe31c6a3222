package dev.orrery.pipeline.http;

import java.util.Map;

/**
 * A refusal on its way to the client. Its detail names the value and the expectation, and nothing
 * of our inside or of anybody's behind us.
 */
public final class Problem extends RuntimeException {

    /** Member that says how long to wait, in seconds, a Long; also sent as {@code Retry-After}. */
    public static final String RETRY_AFTER = "retry_after_s";

    private final ProblemType type;
    private final Map<String, Object> members;

    public Problem(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    /**
     * @param members further members of the problem document, by name
     */
    public Problem(ProblemType type, String detail, Map<String, Object> members) {
        super(detail, null, false, false); // an answer, not a defect: nobody reads its stack
        this.type = type;
        this.members = Map.copyOf(members);
    }

    /** There is no such thing, or it is somebody else's; both look the same. */
    public static Problem notFound() {
        return new Problem(CommonProblem.NOT_FOUND, "unknown id");
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> members() {
        return members;
    }
}
