/** Anthropic's Messages as they look on the wire. */
@NullMarked
package dev.orrery.simulator.anthropic;

import org.jspecify.annotations.NullMarked;
