/** What a model is asked and what it answers, in the words of no provider. */
@NullMarked
package dev.orrery.simulator.reply;

import org.jspecify.annotations.NullMarked;
