/** Spans of what is done, and their way to whoever collects them over OTLP. */
@NullMarked
package dev.orrery.pipeline.telemetry;

import org.jspecify.annotations.NullMarked;
