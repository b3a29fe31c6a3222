/** Calls of models as spans: OpenTelemetry's conventions for generative AI, and Langfuse's. */
@NullMarked
package dev.orrery.llm.telemetry;

import org.jspecify.annotations.NullMarked;
