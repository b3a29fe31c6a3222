package dev.orrery.llm.guard;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What was spent on models on the UTC days, in millionths of a US dollar: by this process as it
 * counts, by the others as {@link SharedSpending} last read it.
 *
 * <p>Thread safety: all methods may be called on any thread; none blocks.
 */
public final class Spending {

    /** All spenders together. */
    static final String EVERYBODY = "*";

    private final Clock clock;
    private final ConcurrentSkipListMap<LocalDate, DayOfSpending> days =
            new ConcurrentSkipListMap<>();

    public Spending(Clock clock) {
        this.clock = clock;
    }

    /** Counts what a call has cost, for everybody and for its spender. */
    void add(@Nullable String spender, long micros) {
        if (micros > 0) {
            var day = today();
            day.add(EVERYBODY, micros);
            if (spender != null) {
                day.add(spender, micros);
            }
        }
    }

    /** Spent today so far. */
    long spent(String spender) {
        return today().spent(spender);
    }

    LocalDate date() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private DayOfSpending today() {
        var date = date();
        var known = days.get(date);
        return known != null
                ? known
                : days.computeIfAbsent(date, missing -> new DayOfSpending(missing));
    }

    /** Today, and days before it that were not yet told to the others. */
    List<DayOfSpending> open() {
        today();
        return List.copyOf(days.values());
    }

    /** Forgets a day that the others know of, unless it is today. */
    void close(DayOfSpending day) {
        if (day.date().isBefore(date())) {
            days.remove(day.date());
        }
    }
}
