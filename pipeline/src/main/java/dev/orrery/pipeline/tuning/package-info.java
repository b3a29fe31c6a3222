/** Live settings of workers, read from ops.tuning. */
@NullMarked
package dev.orrery.pipeline.tuning;

import org.jspecify.annotations.NullMarked;
