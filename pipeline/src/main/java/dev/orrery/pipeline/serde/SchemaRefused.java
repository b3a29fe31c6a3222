package dev.orrery.pipeline.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry refuses a schema: it is invalid, or incompatible with an earlier version. Does not
 * pass.
 */
public final class SchemaRefused extends SerializationException {

    public SchemaRefused(String message) {
        super(message);
    }
}
