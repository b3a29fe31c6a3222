/**
 * The guarantees of the SQL functions, proven on a real PostgreSQL with real concurrent
 * connections.
 */
@NullMarked
package dev.orrery.database;

import org.jspecify.annotations.NullMarked;
