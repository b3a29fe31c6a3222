package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.astrologyapi.AstrologyAnswers;
import dev.orrery.enrichment.chart.BirthMoment;
import dev.orrery.enrichment.chart.ChartCalculator;
import dev.orrery.enrichment.chart.ImpossibleBirth;
import dev.orrery.enrichment.source.SourceFailure;
import java.time.Clock;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/**
 * Charts computed in this process, by astronomy alone: for an installation without an account. A
 * chart takes about a millisecond of a processor, which is spent on the threads for computing and
 * not on an event loop.
 */
final class ComputedCharts implements ChartService {

    /** Counts up when the computation changes, so that no older answer stands for a new one. */
    private static final String NAME = "computed-1";

    private final ChartCalculator calculator;
    private final Clock clock;

    ComputedCharts(ChartCalculator calculator, Clock clock) {
        this.calculator = calculator;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mono<JsonNode> chart(BirthQuestion birth) {
        return Mono.fromCallable(() -> computed(birth)).subscribeOn(Schedulers.parallel());
    }

    private JsonNode computed(BirthQuestion birth) {
        try {
            var chart =
                    calculator.chart(
                            new BirthMoment(
                                    birth.local(),
                                    birth.zone(),
                                    birth.latitude().doubleValue(),
                                    birth.longitude().doubleValue()));
            return ChartService.merged(
                    AstrologyAnswers.astroDetails(chart),
                    AstrologyAnswers.planets(chart),
                    AstrologyAnswers.currentVdasha(chart, clock.instant()));
        } catch (ImpossibleBirth impossible) {
            throw new SourceFailure.NotAskable("unusable_birth_details");
        }
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
