package dev.orrery.pipeline.prompt.variables;

/**
 * One completed turn of a conversation.
 *
 * @param user what the user wrote, unchanged
 * @param bot the whole reply
 */
public record Exchange(String user, String bot) {

    /** Nothing: it is what people wrote. */
    @Override
    public String toString() {
        return "Exchange[]";
    }
}
