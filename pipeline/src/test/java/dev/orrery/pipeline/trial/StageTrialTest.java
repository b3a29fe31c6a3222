package dev.orrery.pipeline.trial;

import dev.orrery.pipeline.consume.KafkaRecordSource;

/** The stage as it is deployed. */
class StageTrialTest extends StageTrialContract {

    @Override
    String name() {
        return "stage";
    }

    @Override
    RecordSources sources() {
        return KafkaRecordSource::new;
    }
}
