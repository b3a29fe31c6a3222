/** The connection to Redis, which may be away at any time. For apps with Lettuce. */
@NullMarked
package dev.orrery.pipeline.redis;

import org.jspecify.annotations.NullMarked;
