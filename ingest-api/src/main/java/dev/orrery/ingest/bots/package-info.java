/** The bots a user may talk to. */
@NullMarked
package dev.orrery.ingest.bots;

import org.jspecify.annotations.NullMarked;
