/** The real Redis 7 as a child process, on a directory of ours. */
@NullMarked
package dev.orrery.embedded.redis;

import org.jspecify.annotations.NullMarked;
