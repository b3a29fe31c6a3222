package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.consume.Intake;
import dev.orrery.pipeline.consume.PartitionIntake;
import dev.orrery.pipeline.consume.RecordSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A source whose partitions and records the test gives by hand. */
final class HandFedSource implements RecordSource {

    private final List<PartitionIntake> assigned = new ArrayList<>();
    private @Nullable Intake intake;

    @Override
    public void start(Intake started) {
        intake = started;
    }

    PartitionIntake assign(int partition) {
        var started = Objects.requireNonNull(intake, "not started");
        var taker = started.assigned(new TopicPartition(Inputs.INPUT.name(), partition));
        assigned.add(taker);
        return taker;
    }

    @Override
    public void stop(Duration drain) {
        intake = null;
        assigned.forEach(PartitionIntake::end);
        try {
            for (PartitionIntake each : assigned) {
                each.awaitIdle(drain);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        assigned.clear();
    }

    @Override
    public boolean isAlive() {
        return intake != null;
    }
}
