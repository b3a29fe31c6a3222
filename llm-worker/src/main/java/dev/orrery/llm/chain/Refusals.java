package dev.orrery.llm.chain;

/**
 * What follows when a model will not answer, as opposed to being unable to. Another one may be less
 * strict or have a larger window; whoever does not want that ends the chain there.
 *
 * @param contentFiltered the provider or the model refused the conversation, or held its own answer
 *     back
 * @param contextTooLong the conversation does not fit into the model's window
 */
public record Refusals(Then contentFiltered, Then contextTooLong) {

    /** The next step that asks another target. */
    public static final Refusals DEFAULT = new Refusals(Then.NEXT_ATTEMPT, Then.NEXT_ATTEMPT);

    /** What follows. */
    public enum Then {
        /** The next step that asks another target. */
        NEXT_ATTEMPT,
        /** The chain ends, with {@code content_refused}. */
        FINAL
    }
}
