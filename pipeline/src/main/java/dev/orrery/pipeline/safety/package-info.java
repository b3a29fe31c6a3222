/**
 * What a revision wants of the safety of its conversations. Pure: it reads, and decides nothing.
 */
@NullMarked
package dev.orrery.pipeline.safety;

import org.jspecify.annotations.NullMarked;
