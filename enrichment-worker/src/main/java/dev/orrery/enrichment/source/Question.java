package dev.orrery.enrichment.source;

/** What a source is asked: everything its answer depends on, and nothing else. */
public interface Question {

    /**
     * The question in one spelling: equal questions have equal texts, whoever asks. It may hold
     * personal data; only its hash leaves the process.
     */
    String canonical();

    /**
     * What in the question tells of a person, in one spelling and whatever the rest of the question
     * is; all of it unless the question says otherwise. When that person takes their data back, the
     * answers are found by it.
     */
    default String subject() {
        return canonical();
    }

    /**
     * Whether it tells of a person; yes unless the question says otherwise. Many people ask one
     * that does not, and nobody takes its answer away from the others.
     */
    default boolean isPersonal() {
        return true;
    }
}
