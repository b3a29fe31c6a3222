/** Google's Gemini as it looks on the wire. */
@NullMarked
package dev.orrery.simulator.gemini;

import org.jspecify.annotations.NullMarked;
