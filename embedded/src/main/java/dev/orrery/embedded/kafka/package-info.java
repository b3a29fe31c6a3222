/** Kafka in this JVM: one node that is broker and controller, on a directory of ours. */
@NullMarked
package dev.orrery.embedded.kafka;

import org.jspecify.annotations.NullMarked;
