/** Reading from topics: a small port, and the Kafka client behind it. */
@NullMarked
package dev.orrery.pipeline.consume;

import org.jspecify.annotations.NullMarked;
