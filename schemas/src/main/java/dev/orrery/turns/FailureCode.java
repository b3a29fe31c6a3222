package dev.orrery.turns;

import java.util.Locale;

/**
 * Why a turn ended without an answer. The code is stable: it stands in the turn's row, in the
 * outcome, in dead-letter headers, in metrics and in what the user is shown, together with a text
 * that carries nothing of a provider.
 */
public enum FailureCode {
    /** Every attempt of the chain failed. */
    ALL_PROVIDERS_FAILED(
            "I cannot answer right now. You were not charged. Please try again shortly."),
    /** A fact that the bot cannot do without is not to be had. */
    DATA_UNAVAILABLE(
            "Some data I need could not be loaded. You were not charged. Please try again shortly."),
    /** The deadline passed before an answer was stored. */
    DEADLINE_EXCEEDED("This took too long. You were not charged. Please try again."),
    /**
     * The message or its context was refused by every model, or either side by the bot's policy.
     */
    CONTENT_REFUSED("I cannot answer this message. You were not charged."),
    /** The message and what belongs to it are more than the bot's prompts may have. */
    PROMPT_TOO_LONG(
            "This message is too long for me. You were not charged. Please send a shorter one."),
    /** What may be spent on models today is spent. */
    SPENDING_LIMIT_REACHED(
            "I have answered all I may for today. You were not charged. Please try again tomorrow."),
    /** A stage met something it can never handle. */
    INTERNAL("Something went wrong on our side. You were not charged. Please try again."),
    /** The user stopped the turn. */
    CANCELLED("Stopped.");

    private final String message;

    FailureCode(String message) {
        this.message = message;
    }

    /** The stable code: lower case, words joined by underscores. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a user may be shown. */
    public String message() {
        return message;
    }

    /** The failure of this code; {@link #INTERNAL} for a code written by a newer version. */
    public static FailureCode of(String code) {
        for (FailureCode failure : values()) {
            if (failure.code().equals(code)) {
                return failure;
            }
        }
        return INTERNAL;
    }
}
