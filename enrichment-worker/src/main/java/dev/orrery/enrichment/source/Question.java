package dev.orrery.enrichment.source;

/** What a source is asked: everything its answer depends on, and nothing else. */
public interface Question {

    /**
     * The question in one spelling: equal questions have equal texts, whoever asks. It may hold
     * personal data; only its hash leaves the process.
     */
    String canonical();
}
