/** Providers that tests play, and what adapters make of them. */
@NullMarked
package dev.orrery.llm.testing;

import org.jspecify.annotations.NullMarked;
