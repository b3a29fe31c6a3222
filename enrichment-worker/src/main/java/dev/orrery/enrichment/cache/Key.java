package dev.orrery.enrichment.cache;

import dev.orrery.enrichment.source.Question;
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
 * @param subject lower-case hex SHA-256 of what in the question tells of a person
 */
public record Key(String kind, int version, String question, String subject) {

    public static Key of(String kind, int version, Question question) {
        return new Key(
                kind,
                version,
                hash(kind + "\n" + version + "\n" + question.canonical()),
                hash(question.subject()));
    }

    /** {@code orrery:kind:version:question}. */
    public String name() {
        return "orrery:" + kind + ":" + version + ":" + question;
    }

    @Override
    public String toString() {
        return name();
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("BUG: every Java platform has SHA-256", impossible);
        }
    }
}
