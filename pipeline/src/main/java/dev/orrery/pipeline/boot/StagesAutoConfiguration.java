package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.consume.DeadLetters;
import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.RecordDecoder;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.policy.GiveUp;
import dev.orrery.pipeline.policy.Policies;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.stage.BatchStage;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.tuning.Tuning;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;

/** Runs every {@link Stage} and {@link BatchStage} that the app declares as a bean. */
@AutoConfiguration(after = {KafkaAutoConfiguration.class, DatabaseAutoConfiguration.class})
@EnableConfigurationProperties(StageProperties.class)
class StagesAutoConfiguration {

    @Bean
    Tuning tuning(TopicTail tail, MeterRegistry meters) {
        return new Tuning(tail, meters);
    }

    @Bean
    RunningStages runningStages(
            KafkaProperties kafka,
            StageProperties properties,
            RecordDecoder decoder,
            Publisher publisher,
            DeadLetters deadLetters,
            ObjectProvider<GiveUp> giveUp,
            Tuning tuning,
            Clock clock,
            MeterRegistry meters,
            Spans spans,
            ObjectProvider<Stage<?>> stages,
            ObjectProvider<BatchStage<?>> batchStages) {
        var group =
                new GroupSettings(
                        kafka.clientSettings(), kafka.groupProtocol(), kafka.instanceId());
        var running = new RunningStages(group, properties.settings(), decoder, spans, meters);
        stages.orderedStream()
                .forEach(stage ->
                        running.add(
                                stage,
                                publisher,
                                new Policies(meters, clock, giveUp.getObject(), deadLetters, spans),
                                tuning));
        batchStages.orderedStream().forEach(stage -> running.add(stage, deadLetters, tuning));
        return running;
    }

    @Bean
    LifecycleStep stagesStep(RunningStages stages, Tuning tuning) {
        return new LifecycleStep(
                Phases.STAGES,
                () -> {
                    tuning.start();
                    stages.start();
                },
                () -> {
                    stages.stop();
                    tuning.stop();
                });
    }

    /** The health of every stage, under the name of the stage. */
    @Bean
    CompositeHealthContributor stages(RunningStages stages) {
        return CompositeHealthContributor.fromMap(stages.health());
    }
}
