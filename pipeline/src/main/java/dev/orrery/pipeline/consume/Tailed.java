package dev.orrery.pipeline.consume;

import dev.orrery.pipeline.event.Event;
import org.apache.avro.specific.SpecificRecord;

/** An event and where it stands in its partition. */
public record Tailed<T extends SpecificRecord>(Event<T> event, long offset) {}
