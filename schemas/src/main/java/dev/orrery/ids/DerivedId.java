package dev.orrery.ids;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Name-based identifiers: UUID version 5 as RFC 9562 section 5.5 defines it (SHA-1 over the
 * namespace and the name). A step that is repeated derives the same id again, which lets every
 * consumer recognise duplicates.
 */
public final class DerivedId {

    private DerivedId() {}

    /**
     * The id of {@code name} within {@code namespace}; equal arguments give equal ids, in every
     * process.
     */
    public static UUID of(UUID namespace, String name) {
        var sha1 = sha1();
        sha1.update(
                ByteBuffer.allocate(16)
                        .putLong(namespace.getMostSignificantBits())
                        .putLong(namespace.getLeastSignificantBits())
                        .flip());
        var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long mostSignificant = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x0000_0000_0000_5000L;
        long leastSignificant = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(mostSignificant, leastSignificant);
    }

    /** The id of the event of this type and place that {@code cause} brings about. */
    public static UUID ofEvent(UUID cause, String type, long ordinal) {
        return of(cause, type + "/" + ordinal);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("BUG: every Java platform has SHA-1", impossible);
        }
    }
}
