/** OpenAI's Chat Completions as they look on the wire. */
@NullMarked
package dev.orrery.simulator.openai;

import org.jspecify.annotations.NullMarked;
