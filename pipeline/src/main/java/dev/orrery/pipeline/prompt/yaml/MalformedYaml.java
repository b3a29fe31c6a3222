package dev.orrery.pipeline.prompt.yaml;

/** A document that cannot be used, with the place that says why. */
public final class MalformedYaml extends RuntimeException {

    private final String problem;
    private final Place place;

    /**
     * @param problem value and expectation, without the place
     */
    public MalformedYaml(String problem, Place place) {
        super(
                "line " + place.line() + ", column " + place.column() + ": " + problem,
                null,
                false,
                false);
        this.problem = problem;
        this.place = place;
    }

    public String problem() {
        return problem;
    }

    public Place place() {
        return place;
    }
}
