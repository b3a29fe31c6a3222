package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.consume.DeadLetters;
import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.KafkaRecordSource;
import dev.orrery.pipeline.consume.RecordDecoder;
import dev.orrery.pipeline.health.StageHealth;
import dev.orrery.pipeline.policy.Policies;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.stage.BatchStage;
import dev.orrery.pipeline.stage.BatchStageRunner;
import dev.orrery.pipeline.stage.Running;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.pipeline.stage.StageRunner;
import dev.orrery.pipeline.stage.StageSettings;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.tuning.Tuning;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The stages of one app: made from their definitions, started and stopped together. */
final class RunningStages {

    private final GroupSettings group;
    private final StageSettings settings;
    private final RecordDecoder decoder;
    private final Spans spans;
    private final MeterRegistry meters;
    private final List<Running> running = new ArrayList<>();
    private final Map<String, HealthIndicator> health = new LinkedHashMap<>();

    RunningStages(
            GroupSettings group,
            StageSettings settings,
            RecordDecoder decoder,
            Spans spans,
            MeterRegistry meters) {
        this.group = group;
        this.settings = settings;
        this.decoder = decoder;
        this.spans = spans;
        this.meters = meters;
    }

    <I extends SpecificRecord> void add(
            Stage<I> stage, Publisher publisher, Policies policies, Tuning tuning) {
        var source = new KafkaRecordSource(group, stage.group(), stage.input().name(), meters);
        var live = tuning.of(stage.name(), stage.atOnce().orElse(settings.concurrency()));
        var runner =
                new StageRunner<>(
                        stage, source, decoder, publisher, policies, live, settings, meters);
        running.add(runner);
        health.put(stage.name(), new StageHealth(runner, settings.oldestOpenLimit()));
    }

    <I extends SpecificRecord> void add(
            BatchStage<I> stage, DeadLetters deadLetters, Tuning tuning) {
        var live = tuning.of(stage.name(), settings.concurrency());
        var runner =
                new BatchStageRunner<>(
                        stage, group, decoder, deadLetters, live, settings, spans, meters);
        running.add(runner);
        health.put(stage.name(), new StageHealth(runner, settings.oldestOpenLimit()));
    }

    void start() {
        running.forEach(Running::start);
    }

    /** Blocks until all have drained; an app has one stage, seldom two. */
    void stop() {
        running.forEach(Running::stop);
    }

    Map<String, HealthIndicator> health() {
        return Map.copyOf(health);
    }
}
