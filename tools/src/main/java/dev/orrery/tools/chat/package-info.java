/** A conversation in the terminal. */
@NullMarked
package dev.orrery.tools.chat;

import org.jspecify.annotations.NullMarked;
