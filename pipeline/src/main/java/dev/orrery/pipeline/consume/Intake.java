package dev.orrery.pipeline.consume;

import org.apache.kafka.common.TopicPartition;

/** What a {@link RecordSource} feeds. */
@FunctionalInterface
public interface Intake {

    /**
     * A partition has become this member's. Called on the poll thread; must not block.
     *
     * @return what takes the records of this one assignment. A partition that is lost and comes
     *     back is a new assignment with a new intake, so nothing of an earlier assignment can be
     *     mistaken for a later one.
     */
    PartitionIntake assigned(TopicPartition partition);
}
