package dev.orrery.pipeline.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The registry knows no such schema, or has one that cannot be read. Does not pass. */
public final class SchemaUnknown extends SerializationException {

    public SchemaUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
