package dev.orrery.llm.hostile;

/** How providers say what they say, written by hand from their documentation. */
public sealed interface Language permits Dialect, EventFrames {

    /** As the configuration names it. */
    String protocol();

    /** Whether an answer may come in one piece. */
    boolean hasWhole();

    /** Whether an answer of no type is none. */
    boolean mindsType();

    /** The media type of its answers. */
    String type(boolean streamed);

    /** A good answer that comes in these pieces, which need no escapes. */
    byte[] pieces(String... texts);

    /** How such an answer begins. */
    byte[] beginning(String text);

    /** A good answer in one piece. */
    byte[] all(String text);
}
