package dev.orrery.pipeline.trial;

import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.RecordSource;
import io.micrometer.core.instrument.MeterRegistry;

/** Makes the source of one member of a trial: the thing that is on trial. */
@FunctionalInterface
interface RecordSources {

    RecordSource make(GroupSettings settings, String group, String topic, MeterRegistry meters);
}
