package dev.orrery.ingest.problems;

import java.util.Map;

/**
 * A refusal on its way to the client. Its detail names the value and the expectation, and nothing
 * of our inside.
 */
public final class Problem extends RuntimeException {

    private final ProblemCode code;
    private final Map<String, Object> members;

    public Problem(ProblemCode code, String detail) {
        this(code, detail, Map.of());
    }

    /**
     * @param members further members of the problem document, by name, in the form JSON shows them
     */
    public Problem(ProblemCode code, String detail, Map<String, Object> members) {
        super(detail, null, false, false); // an answer, not a defect: nobody reads its stack
        this.code = code;
        this.members = Map.copyOf(members);
    }

    /** There is no such thing, or it is somebody else's; both look the same. */
    public static Problem notFound() {
        return new Problem(ProblemCode.NOT_FOUND, "unknown id");
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
