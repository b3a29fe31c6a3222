package dev.orrery.llm.hostile;

/** How providers say what they say, written by hand from their documentation. */
public sealed interface Language permits Dialect, EventFrames {

    /** As the configuration names it. */
    String protocol();

    /** Whether an answer may come in one piece. */
    boolean hasWhole();

    /** Whether Amazon's SDK reads it, which forgives other things than we do. */
    boolean isReadBySdk();

    /** The media type of its answers. */
    String type(boolean streamed);

    /** A good answer that comes in these pieces, which need no escapes. */
    byte[] pieces(String... texts);

    /** How such an answer begins. */
    byte[] beginning(String text);

    /** A good answer in one piece. */
    byte[] all(String text);
}
