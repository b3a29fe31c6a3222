package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.chart.ChartCalculator;
import dev.orrery.enrichment.source.ServiceSource;
import dev.orrery.enrichment.source.Texts;
import dev.orrery.pipeline.profiles.Profile;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * {@code birth_chart} and {@code second_birth_chart}: the chart of the user, and of somebody else
 * whom they ask about, from an astrology service or computed here.
 */
public final class BirthChartSource
        extends ServiceSource<BirthQuestion, BirthChart, EnrichedChart> {

    private static final Logger log = LoggerFactory.getLogger(BirthChartSource.class);

    private static final Texts<EnrichedChart> TEXTS =
            new Texts<>(MarkdownChart::of, JsonChart::of, XmlChart::of);

    private final Whose whose;
    private final AstrologySettings settings;
    private final ChartService charts;
    private final Clock clock;

    private BirthChartSource(
            Whose whose, AstrologySettings settings, ChartService charts, Clock clock) {
        super(whose.kind(), 1, BirthChart.class, settings.limits(), TEXTS, charts::close);
        this.whose = whose;
        this.settings = settings;
        this.charts = charts;
        this.clock = clock;
    }

    /**
     * The user's own.
     *
     * @param calculator computes charts where no account of a service is configured
     */
    public BirthChartSource(
            AstrologySettings settings,
            ChartCalculator calculator,
            Clock clock,
            MeterRegistry meters) {
        this(
                Whose.THE_USERS,
                settings,
                settings.isConfigured()
                        ? new AstrologyApi(settings, clock, meters)
                        : new ComputedCharts(calculator, clock),
                clock);
        log.info("Birth charts come from {}", charts.name());
    }

    /** That of the second profile, over the same connections; closed with this one. */
    public BirthChartSource ofSecondProfile() {
        return new BirthChartSource(Whose.THE_SECOND_ONES, settings, charts, clock);
    }

    @Override
    public BirthQuestion question(Profile profile) {
        return BirthQuestion.of(
                whose.birth(profile.document()), charts.name(), settings.dashaLevels());
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
        var chart = NormalChart.of(answer, question.zone(), settings.dashaLevels());
        ChartAgreement.require(answer, chart);
        ChartAgreement.requireRunning(answer, chart, question.local(), clock.instant());
        return chart;
    }

    @Override
    public EnrichedChart enrich(BirthChart chart, Instant asOf) {
        return EnrichedChart.of(chart, asOf);
    }
}
