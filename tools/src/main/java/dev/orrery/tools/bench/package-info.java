/** Measuring Orrery against the floor of the machine it runs on. */
@NullMarked
package dev.orrery.tools.bench;

import org.jspecify.annotations.NullMarked;
