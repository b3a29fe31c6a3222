/** The topic catalogue: every topic Orrery reads or writes, as data. */
@NullMarked
package dev.orrery.topics;

import org.jspecify.annotations.NullMarked;
