package dev.orrery.enrichment.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Under what an answer is kept. It depends on the question alone, never on who asks, and tells
 * nothing of it: it may be logged.
 *
 * @param kind of the source
 * @param version of the document's form
 * @param question lower-case hex SHA-256 of the canonical question and the version
 */
public record Key(String kind, int version, String question) {

    /**
     * @param canonical the question in its one spelling
     */
    public static Key of(String kind, int version, String canonical) {
        var text = kind + "\n" + version + "\n" + canonical;
        return new Key(
                kind,
                version,
                HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** {@code orrery:kind:version:question}. */
    public String name() {
        return "orrery:" + kind + ":" + version + ":" + question;
    }

    @Override
    public String toString() {
        return name();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("BUG: every Java platform has SHA-256", impossible);
        }
    }
}
