/** All servers of a small system, started together on one data directory. */
@NullMarked
package dev.orrery.embedded;

import org.jspecify.annotations.NullMarked;
