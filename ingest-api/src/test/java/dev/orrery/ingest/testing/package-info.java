/** A running door, its users, and somebody who plays the workers behind it. */
@NullMarked
package dev.orrery.ingest.testing;

import org.jspecify.annotations.NullMarked;
