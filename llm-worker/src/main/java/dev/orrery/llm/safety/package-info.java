/**
 * The safety of conversations: what is not passed on to a model, and what is not passed on from it.
 */
@NullMarked
package dev.orrery.llm.safety;

import org.jspecify.annotations.NullMarked;
