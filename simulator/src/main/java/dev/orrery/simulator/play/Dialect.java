package dev.orrery.simulator.play;

import java.util.List;

/**
 * How one provider writes a streamed answer. Made for one answer; each method gives the bytes of
 * whole events, line ends included. Empty bytes stand for an event that the provider does not have.
 */
public interface Dialect {

    /** Content type of the stream. */
    String contentType();

    /** What comes before the first text. */
    byte[] opening();

    /** One piece of text. */
    byte[] text(String piece);

    /** An event like {@link #text} that says nothing. */
    byte[] hollow(Hollow how);

    /** The reason with which a faultless answer finishes. */
    String reason();

    /**
     * The finish.
     *
     * @param usages how often the tokens are stated, if they are at all
     */
    List<byte[]> finish(String reason, int usages);

    /** The last event of every faultless stream. */
    byte[] end();

    /** What a provider says when it fails in the middle of a stream. */
    byte[] error();

    /** An event whose data cannot be read. */
    byte[] broken();

    /** A sign of life that means nothing. */
    byte[] comment();

    /** Ways in which an event can be well-formed and without use. */
    enum Hollow {
        /** The keys that the client looks for are not there. */
        MISSING_KEYS,
        /** The list in which the client looks is empty. */
        EMPTY_LIST,
        /** The text is null. */
        NULL_TEXT
    }
}
