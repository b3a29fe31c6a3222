/**
 * What simulated models say: text made from what they were asked, by a small grammar. The same
 * question gets the same reply.
 */
@NullMarked
package dev.orrery.simulator.prose;

import org.jspecify.annotations.NullMarked;
