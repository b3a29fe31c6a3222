package dev.orrery.turns;

import java.util.Locale;
import java.util.Optional;

/**
 * The stages a turn reaches, in their order. Each is announced once, in epoch 0, at the sequence of
 * its constant: a redelivered record announces the same place again, and a reader that misses one
 * knows which one it was.
 */
public enum ReplyStage {
    ENRICHMENT,
    PROMPT,
    LLM;

    /** Place of this stage's announcement; 0 is taken by {@link ReplyPosition#ACCEPTED}. */
    public ReplyPosition position() {
        return new ReplyPosition(0, ordinal() + 1);
    }

    /** Name on the wire: enrichment, prompt, llm. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stage announced at this position, if there is one. */
    public static Optional<ReplyStage> at(ReplyPosition position) {
        return position.epoch() == 0
                        && position.sequence() >= 1
                        && position.sequence() <= values().length
                ? Optional.of(values()[position.sequence() - 1])
                : Optional.empty();
    }
}
