package dev.orrery.enrichment.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A Vimshottari period of any level.
 *
 * @param end not part of it; the next period begins with it
 */
public record Period(Graha lord, Instant start, Instant end) {

    /** Years of all lords together. */
    static final int CYCLE_YEARS = 120;

    /**
     * Its nine parts, each as long as its lord's share of 120 years. The first has the period's own
     * lord. They fill the period to the nanosecond.
     */
    public List<Period> parts() {
        return inTurn(lord, start, Duration.between(start, end));
    }

    public boolean holds(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }

    /**
     * Nine periods in turn that fill a time: each begins with the very border the last ended with.
     */
    static List<Period> inTurn(Graha first, Instant start, Duration whole) {
        List<Period> periods = new ArrayList<>(Graha.PERIOD_ORDER.size());
        int years = 0;
        Instant border = start;
        for (int turn = 0; turn < Graha.PERIOD_ORDER.size(); turn++) {
            Graha lord = inTurn(first, turn);
            years += lord.years();
            Instant end = start.plus(whole.multipliedBy(years).dividedBy(CYCLE_YEARS));
            periods.add(new Period(lord, border, end));
            border = end;
        }
        return List.copyOf(periods);
    }

    private static Graha inTurn(Graha first, int turn) {
        List<Graha> order = Graha.PERIOD_ORDER;
        return order.get((order.indexOf(first) + turn) % order.size());
    }
}
