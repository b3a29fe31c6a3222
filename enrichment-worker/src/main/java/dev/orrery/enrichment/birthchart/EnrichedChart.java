package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.chart.Graha;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The third step: a chart as one turn sees it. Equal charts at equal times give equal summaries.
 *
 * @param processedAt the turn's own time, which tells the periods that run from those that are over
 * @param summary one sentence for those who read no tables
 */
record EnrichedChart(BirthChart chart, Instant processedAt, String summary) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    static EnrichedChart of(BirthChart chart, Instant processedAt) {
        return new EnrichedChart(chart, processedAt, summary(chart, processedAt));
    }

    /** A stale chart must not show a period as current that is over. */
    boolean isRunning(Period period) {
        return !isOver(period.end(), processedAt);
    }

    private static String summary(BirthChart chart, Instant asOf) {
        var moon = chart.of(Graha.MOON);
        return "%s ascendant, Sun in %s, Moon in %s in the nakshatra %s; %s and %s."
                .formatted(
                        Title.of(chart.ascendant()),
                        Title.of(chart.of(Graha.SUN).sign()),
                        Title.of(moon.sign()),
                        Title.of(moon.nakshatra()),
                        period("major", chart.major(), asOf),
                        period("minor", chart.minor(), asOf));
    }

    /** A stale chart must not call a period current that is over. */
    private static String period(String level, Period period, Instant asOf) {
        return "%s %s period %s %s"
                .formatted(
                        Title.of(period.ruler()),
                        level,
                        isOver(period.end(), asOf) ? "ended on" : "until",
                        DAY.format(period.end()));
    }

    private static boolean isOver(OffsetDateTime end, Instant asOf) {
        return !asOf.isBefore(end.toInstant());
    }
}
