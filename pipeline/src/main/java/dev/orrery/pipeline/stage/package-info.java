/**
 * A stage: one function from an event to events, with its lanes and its commit window; and its
 * sibling for batches.
 */
@NullMarked
package dev.orrery.pipeline.stage;

import org.jspecify.annotations.NullMarked;
