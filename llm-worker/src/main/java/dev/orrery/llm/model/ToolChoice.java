package dev.orrery.llm.model;

/** Whether a model may, must or must not ask for the tools of its conversation. */
public sealed interface ToolChoice {

    /** One of those that name no tool. */
    enum Mode implements ToolChoice {
        /** As it sees fit; what every provider does unasked. */
        AUTO,
        /** It is to answer in words. */
        NONE,
        /** It is to ask for one of them, whichever. */
        REQUIRED
    }

    /**
     * It is to ask for this one.
     *
     * @param tool name of one that the conversation has
     */
    record Named(String tool) implements ToolChoice {}
}
