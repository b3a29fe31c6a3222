/** Who asks, in the version that was in force when the turn was accepted. */
@NullMarked
package dev.orrery.pipeline.profiles;

import org.jspecify.annotations.NullMarked;
