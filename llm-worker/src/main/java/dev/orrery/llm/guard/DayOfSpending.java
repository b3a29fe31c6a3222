package dev.orrery.llm.guard;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One day's spending, in millionths of a US dollar by spender. */
final class DayOfSpending {

    private final LocalDate date;
    private final ConcurrentMap<String, Long> own = new ConcurrentHashMap<>();
    private volatile Map<String, Long> others = Map.of();

    DayOfSpending(LocalDate date) {
        this.date = date;
    }

    LocalDate date() {
        return date;
    }

    void add(String spender, long micros) {
        own.merge(spender, micros, DayOfSpending::sum);
    }

    long spent(String spender) {
        return sum(own.getOrDefault(spender, 0L), others.getOrDefault(spender, 0L));
    }

    /** What this process has spent. */
    Map<String, Long> own() {
        return Map.copyOf(own);
    }

    void othersSpent(Map<String, Long> micros) {
        others = Map.copyOf(micros);
    }

    /** Of two amounts; more than a long can hold stays at what it can. */
    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
