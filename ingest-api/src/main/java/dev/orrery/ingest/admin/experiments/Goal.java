package dev.orrery.ingest.admin.experiments;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * What an experiment is decided by. Said before it begins: whoever looks at five measures and takes
 * the best finds a winner more often than one in twenty times, where there is none.
 */
enum Goal {
    /** Share of thumbs up among the answers that were rated. */
    THUMBS(true, true),
    /** Share of the answered among the turns that the arm's own model answered or nobody did. */
    SUCCESS(true, true),
    /** Milliseconds from acceptance to the end of an answer. */
    LATENCY(false, false),
    /** Milliseconds from acceptance to the first visible text. */
    FIRST_TOKEN(false, false),
    /** What the user paid for an answer. */
    CHARGE(false, false),
    /** What providers bill for an answer, failed attempts before it included. */
    COST(false, false);

    private final boolean isRate;
    private final boolean moreIsBetter;

    Goal(boolean isRate, boolean moreIsBetter) {
        this.isRate = isRate;
        this.moreIsBetter = moreIsBetter;
    }

    static String[] names() {
        return Arrays.stream(values()).map(Goal::wireName).toArray(String[]::new);
    }

    static Goal of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As requests, answers and rows have it. */
    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a share of something, rather than a mean. */
    boolean isRate() {
        return isRate;
    }

    boolean moreIsBetter() {
        return moreIsBetter;
    }
}
