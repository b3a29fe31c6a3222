/** Finishing what a crash or an outage cut off. */
@NullMarked
package dev.orrery.ingest.sweeper;

import org.jspecify.annotations.NullMarked;
