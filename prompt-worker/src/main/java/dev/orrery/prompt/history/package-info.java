/** What was said in a session before a turn. */
@NullMarked
package dev.orrery.prompt.history;

import org.jspecify.annotations.NullMarked;
