/** Fingerprints. */
@NullMarked
package dev.orrery.pipeline.digest;

import org.jspecify.annotations.NullMarked;
