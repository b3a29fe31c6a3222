/** Confluent's wire format: magic byte, schema id, Avro binary. */
@NullMarked
package dev.orrery.pipeline.serde;

import org.jspecify.annotations.NullMarked;
