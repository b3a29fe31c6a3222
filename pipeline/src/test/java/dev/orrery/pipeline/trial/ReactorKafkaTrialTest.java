package dev.orrery.pipeline.trial;

import dev.orrery.pipeline.reactorkafka.ReactorRecordSource;
import org.junit.jupiter.api.Tag;

/** The same trial on reactor-kafka. */
@Tag("evidence")
class ReactorKafkaTrialTest extends StageTrialContract {

    @Override
    String name() {
        return "reactor";
    }

    @Override
    RecordSources sources() {
        return ReactorRecordSource::new;
    }
}
