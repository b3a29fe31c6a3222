/** Which service is calling. */
@NullMarked
package dev.orrery.pipeline.gateway.tokens;

import org.jspecify.annotations.NullMarked;
