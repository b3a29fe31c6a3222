package dev.orrery.prompt.revisions;

/** A stored revision that cannot be used. Revisions never change, so it will never be usable. */
public final class MalformedRevision extends RuntimeException {

    /**
     * @param path where in the revision, for example {@code metadata.fallbacks[0].provider}
     */
    MalformedRevision(String path, Object found, String expected) {
        super(path + ": " + found + " (expected: " + expected + ")");
    }

    /** Of a part that says itself what is wrong, and where. */
    MalformedRevision(String part, RuntimeException malformed) {
        super(part + ": " + malformed.getMessage());
    }
}
