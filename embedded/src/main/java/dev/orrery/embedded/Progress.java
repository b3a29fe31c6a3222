package dev.orrery.embedded;

import java.time.Duration;

/**
 * A server is up.
 *
 * @param part its name as a person would say it
 * @param took from its own start until it served clients
 */
public record Progress(String part, Duration took) {}
