package dev.orrery.pipeline.consume;

import java.util.Locale;

/** How the members of a consumer group share its partitions. */
public enum GroupProtocol {
    /** Members agree among themselves, led by one of them; any broker speaks it. */
    CLASSIC,
    /** The broker decides and moves partition by partition (KIP-848); needs Kafka 4. */
    CONSUMER;

    /** Value of {@code group.protocol}. */
    String configValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
