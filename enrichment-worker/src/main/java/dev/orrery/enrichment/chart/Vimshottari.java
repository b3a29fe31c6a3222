package dev.orrery.enrichment.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The planetary periods of a life, from the Moon's place at birth: 120 years of 365.25 days, in
 * five levels. An error of 1″ in the Moon shifts their borders by up to 0.15 days.
 *
 * @param majors the nine major periods; the first is the one that runs at birth, and began before
 */
public record Vimshottari(List<Period> majors) {

    public static final int LEVELS = 5;

    private static final Duration YEAR = Duration.ofHours(24 * 365 + 6);

    private static final Duration CYCLE = YEAR.multipliedBy(Period.CYCLE_YEARS);

    public Vimshottari {
        majors = List.copyOf(majors);
    }

    static Vimshottari of(ZodiacPoint moon, Instant birth) {
        Graha first = moon.nakshatra().lord();
        long nanosAYear = YEAR.toNanos();
        long passed = Math.round(moon.passedOfNakshatra() * first.years() * nanosAYear);
        return new Vimshottari(Period.inTurn(first, birth.minusNanos(passed), CYCLE));
    }

    /**
     * The periods that run at a moment, the longest first, each a part of the one before. After 120
     * years all begin again.
     *
     * @param levels 1 to 5
     */
    public List<Period> running(Instant moment, int levels) {
        if (levels < 1 || levels > LEVELS) {
            throw new IllegalArgumentException("levels: " + levels + " (expected: 1 to 5)");
        }
        List<Period> running = new ArrayList<>(levels);
        List<Period> level = majorsAround(moment);
        while (running.size() < levels) {
            Period current =
                    level.stream().filter(period -> period.holds(moment)).findFirst().orElseThrow();
            running.add(current);
            level = current.parts();
        }
        return running;
    }

    /** The round of major periods in which a moment lies. */
    private List<Period> majorsAround(Instant moment) {
        Period first = majors.getFirst();
        long seconds = Duration.between(first.start(), moment).toSeconds();
        long rounds = Math.floorDiv(seconds, CYCLE.toSeconds());
        return rounds == 0
                ? majors
                : Period.inTurn(
                        first.lord(), first.start().plus(CYCLE.multipliedBy(rounds)), CYCLE);
    }
}
