/** Writing to topics. */
@NullMarked
package dev.orrery.pipeline.publish;

import org.jspecify.annotations.NullMarked;
