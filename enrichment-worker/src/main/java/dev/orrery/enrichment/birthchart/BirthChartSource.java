package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.profiles.Profile;
import dev.orrery.enrichment.source.Format;
import dev.orrery.enrichment.source.Source;
import dev.orrery.enrichment.source.SourceLimits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** {@code birth_chart}: the user's birth chart, from an astrology service or computed here. */
public final class BirthChartSource
        implements Source<BirthQuestion, BirthChart, EnrichedChart>, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BirthChartSource.class);

    private final AstrologySettings settings;
    private final ChartService charts;

    public BirthChartSource(AstrologySettings settings, Clock clock, MeterRegistry meters) {
        this.settings = settings;
        this.charts =
                settings.isConfigured()
                        ? new AstrologyApi(settings, clock, meters)
                        : new ComputedCharts(clock);
        log.info("Birth charts come from {}", charts.name());
    }

    @Override
    public String kind() {
        return "birth_chart";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public SourceLimits limits() {
        return settings.limits();
    }

    @Override
    public Class<BirthChart> documentType() {
        return BirthChart.class;
    }

    @Override
    public BirthQuestion question(Profile profile) {
        return BirthQuestion.of(profile, charts.name(), settings.dashaLevels());
    }

    @Override
    public Mono<JsonNode> fetch(BirthQuestion question) {
        return charts.chart(question);
    }

    @Override
    public JsonNode validate(JsonNode answer) {
        ChartShape.require(answer, settings.dashaLevels());
        return answer;
    }

    @Override
    public BirthChart normalise(JsonNode answer, BirthQuestion question) {
        return NormalChart.of(answer, question.zone(), settings.dashaLevels());
    }

    @Override
    public EnrichedChart enrich(BirthChart chart, Instant asOf) {
        return EnrichedChart.of(chart, asOf);
    }

    @Override
    public String format(EnrichedChart chart, Format format) {
        return switch (format) {
            case MARKDOWN -> MarkdownChart.of(chart);
            case JSON -> JsonChart.of(chart);
            case XML -> XmlChart.of(chart);
        };
    }

    @Override
    public void close() {
        charts.close();
    }
}
