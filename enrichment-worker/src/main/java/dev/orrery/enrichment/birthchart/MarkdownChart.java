package dev.orrery.enrichment.birthchart;

import java.util.Locale;
import java.util.stream.Collectors;

/** A chart as Markdown: begins with an empty line and ends with a line feed. */
final class MarkdownChart {

    private static final String LAYOUT =
            """

            ### Kundli Data

            **Ascendant**: %s

            **Planetary Positions**:
            %s

            **Current Dasha**: %s / %s

            **Summary**: %s
            """;

    private MarkdownChart() {}

    static String of(EnrichedChart enriched) {
        var chart = enriched.chart();
        return LAYOUT.formatted(
                Title.of(chart.ascendant()),
                chart.positions().stream()
                        .map(MarkdownChart::line)
                        .collect(Collectors.joining("\n")),
                current(enriched, chart.major()),
                current(enriched, chart.minor()),
                enriched.summary());
    }

    /** What follows a period that is over, a stale chart does not tell. */
    private static String current(EnrichedChart enriched, Period period) {
        return enriched.isRunning(period) ? Title.of(period.ruler()) : "unknown";
    }

    private static String line(Position position) {
        return String.format(
                Locale.ROOT, // digits are ASCII everywhere
                "- %s: %s %s°, house %d, %s pada %d%s",
                Title.of(position.graha()),
                Title.of(position.sign()),
                position.degreeInSign().toPlainString(),
                position.house(),
                Title.of(position.nakshatra()),
                position.pada(),
                position.retrograde() ? " (retrograde)" : "");
    }
}
