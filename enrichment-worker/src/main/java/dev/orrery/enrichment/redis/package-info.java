/** The connection to Redis, which may be away at any time. */
@NullMarked
package dev.orrery.enrichment.redis;

import org.jspecify.annotations.NullMarked;
