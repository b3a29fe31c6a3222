/**
 * The prompt worker: decides exactly what a model will see, and which models are asked in which
 * order.
 */
@NullMarked
package dev.orrery.prompt;

import org.jspecify.annotations.NullMarked;
