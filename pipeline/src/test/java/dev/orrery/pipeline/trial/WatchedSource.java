package dev.orrery.pipeline.trial;

import dev.orrery.pipeline.consume.Intake;
import dev.orrery.pipeline.consume.RecordSource;
import java.time.Duration;
import java.util.function.IntConsumer;

/** A source whose assignments are told to somebody, before the first record of each. */
record WatchedSource(RecordSource source, IntConsumer onAssigned) implements RecordSource {

    @Override
    public void start(Intake intake) {
        source.start(partition -> {
            onAssigned.accept(partition.partition());
            return intake.assigned(partition);
        });
    }

    @Override
    public void stop(Duration drain) {
        source.stop(drain);
    }

    @Override
    public boolean isAlive() {
        return source.isAlive();
    }
}
