package dev.orrery.simulator.play;

/** How events are told apart on the wire. Without state, so it may be shared. */
public interface Framing {

    /** Content type of the stream. */
    String contentType();

    /**
     * The bytes of an event; empty where the framing has none for it.
     *
     * @param first whether nothing stands before it
     */
    byte[] frame(Event event, boolean first);

    /** The same with lines that end in CR LF; itself where lines mean nothing. */
    default Framing withCarriageReturns() {
        return this;
    }
}
