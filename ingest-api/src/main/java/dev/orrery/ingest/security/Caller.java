package dev.orrery.ingest.security;

/**
 * Who is calling.
 *
 * @param user the token's {@code sub}, 1 to 255 characters
 */
public record Caller(String user) {}
