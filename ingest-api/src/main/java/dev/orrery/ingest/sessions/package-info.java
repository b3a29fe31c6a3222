/** Conversations, each with the price it began with. */
@NullMarked
package dev.orrery.ingest.sessions;

import org.jspecify.annotations.NullMarked;
