/** Joining what waits while one call is in flight into the next call. */
@NullMarked
package dev.orrery.pipeline.batching;

import org.jspecify.annotations.NullMarked;
