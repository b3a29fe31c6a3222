/** The real PostgreSQL 18 as a child process, on a directory of ours. */
@NullMarked
package dev.orrery.embedded.postgres;

import org.jspecify.annotations.NullMarked;
