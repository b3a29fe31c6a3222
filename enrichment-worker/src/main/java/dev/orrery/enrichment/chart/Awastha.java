package dev.orrery.enrichment.chart;

/** The five ages of a graha, of 6° each; they run backwards in even signs. */
public enum Awastha {
    BALA,
    KUMARA,
    YUVA,
    VRIDDHA,
    MRIT;

    private static final Awastha[] ALL = values();

    private static final int DEGREES = 6;

    static Awastha of(ZodiacPoint point) {
        int step = (int) (point.degreesInSign() / DEGREES);
        return ALL[point.sign().isOdd() ? step : ALL.length - 1 - step];
    }
}
