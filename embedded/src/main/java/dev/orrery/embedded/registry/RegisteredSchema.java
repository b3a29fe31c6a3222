package dev.orrery.embedded.registry;

/**
 * One version of a subject; also its JSON on the wire.
 *
 * @param subject what it is registered for, such as {@code chat.requests-value}
 * @param version 1 for the first of its subject
 * @param id unique in the registry; equal schemas have one id in all subjects
 * @param schema as Avro writes it
 */
record RegisteredSchema(String subject, int version, int id, String schema) {}
