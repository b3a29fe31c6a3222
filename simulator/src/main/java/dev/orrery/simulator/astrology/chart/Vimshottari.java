package dev.orrery.simulator.astrology.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The planetary periods of 120 years of 365.25 days. The Moon's place decides how much of the first
 * one has passed at birth. An error of 1″ in the Moon shifts all borders by up to 0.15 days.
 */
public final class Vimshottari {

    static final List<Body> ORDER =
            List.of(
                    Body.KETU,
                    Body.VENUS,
                    Body.SUN,
                    Body.MOON,
                    Body.MARS,
                    Body.RAHU,
                    Body.JUPITER,
                    Body.SATURN,
                    Body.MERCURY);

    private static final double DAYS_A_YEAR = 365.25;

    private static final int YEARS = 120;

    private final List<Period> majors;

    private Vimshottari(List<Period> majors) {
        this.majors = majors;
    }

    /**
     * One period.
     *
     * @param end not part of it
     */
    public record Period(Body lord, Moment start, Moment end) {

        /** Its nine parts, the first of which has its own lord. */
        public List<Period> parts() {
            return periods(lord, start, end.julianDay() - start.julianDay());
        }

        boolean holds(Moment moment) {
            return start.julianDay() <= moment.julianDay() && moment.julianDay() < end.julianDay();
        }
    }

    static Vimshottari of(double moon, Moment birth) {
        Body first = Nakshatra.at(moon).lord();
        double passed = Nakshatra.passed(moon) * first.years() * DAYS_A_YEAR;
        return new Vimshottari(periods(first, birth.plusDays(-passed), YEARS * DAYS_A_YEAR));
    }

    /** The nine major periods from the one that runs at birth. */
    public List<Period> majors() {
        return majors;
    }

    /**
     * The running periods, the longest first.
     *
     * @param levels 1 to 5
     * @param now not before birth; after 120 years the periods begin again
     */
    public List<Period> running(int levels, Moment now) {
        double cycle = YEARS * DAYS_A_YEAR;
        double begin = majors.getFirst().start().julianDay();
        double rounds = Math.floor((now.julianDay() - begin) / cycle);
        List<Period> level =
                periods(
                        majors.getFirst().lord(),
                        majors.getFirst().start().plusDays(rounds * cycle),
                        cycle);
        List<Period> running = new ArrayList<>(levels);
        for (int depth = 0; depth < levels; depth++) {
            Period current = at(level, now);
            running.add(current);
            level = current.parts();
        }
        return running;
    }

    /** Rounding may leave a moment behind the last border by less than a second. */
    private static Period at(List<Period> level, Moment now) {
        return level.stream()
                .filter(period -> period.holds(now))
                .findFirst()
                .orElseGet(level::getLast);
    }

    private static List<Period> periods(Body first, Moment start, double days) {
        List<Period> periods = new ArrayList<>(ORDER.size());
        int offset = ORDER.indexOf(first);
        int years = 0;
        for (int i = 0; i < ORDER.size(); i++) {
            Body lord = ORDER.get((offset + i) % ORDER.size());
            Moment from = start.plusDays(days * years / YEARS);
            years += lord.years();
            periods.add(new Period(lord, from, start.plusDays(days * years / YEARS)));
        }
        return List.copyOf(periods);
    }
}
