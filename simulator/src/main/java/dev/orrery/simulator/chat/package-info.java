/** What all providers of chat models have in common, apart from how they write. */
@NullMarked
package dev.orrery.simulator.chat;

import org.jspecify.annotations.NullMarked;
