/** The connection to PostgreSQL and its migrations. */
@NullMarked
package dev.orrery.pipeline.database;

import org.jspecify.annotations.NullMarked;
