/** How long to wait before something is tried again. */
@NullMarked
package dev.orrery.pipeline.backoff;

import org.jspecify.annotations.NullMarked;
