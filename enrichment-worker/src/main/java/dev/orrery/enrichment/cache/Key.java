package dev.orrery.enrichment.cache;

import dev.orrery.enrichment.source.Question;
import dev.orrery.pipeline.digest.Sha256;

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
                Sha256.hex(kind + "\n" + version + "\n" + question.canonical()),
                Sha256.hex(question.subject()));
    }

    /** {@code orrery:kind:version:question}. */
    public String name() {
        return "orrery:" + kind + ":" + version + ":" + question;
    }

    @Override
    public String toString() {
        return name();
    }
}
