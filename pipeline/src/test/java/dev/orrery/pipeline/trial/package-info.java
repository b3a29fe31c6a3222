/** Guarantees as objects: they watch a run and then say whether it kept them. */
@NullMarked
package dev.orrery.pipeline.trial;

import org.jspecify.annotations.NullMarked;
