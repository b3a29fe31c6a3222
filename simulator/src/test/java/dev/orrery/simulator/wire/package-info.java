/**
 * Clients that know the wire formats from their documents, and share nothing with what they read.
 */
@NullMarked
package dev.orrery.simulator.wire;

import org.jspecify.annotations.NullMarked;
