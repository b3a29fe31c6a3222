package dev.orrery.pipeline.prompt.variables;

/**
 * What a model noted of the beginning of a conversation, so that a prompt need not repeat it. It is
 * made of what a user wrote, and trusted as little.
 *
 * @param version counted from 1 within a session
 * @param through sequence of the last turn that it covers
 */
public record Summary(int version, int through, String text) {

    /** Without the text: it is what people wrote. */
    @Override
    public String toString() {
        return "Summary[version=" + version + ", through=" + through + "]";
    }
}
