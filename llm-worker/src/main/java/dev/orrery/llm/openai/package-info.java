/** Every provider that speaks the chat completions of OpenAI. */
@NullMarked
package dev.orrery.llm.openai;

import org.jspecify.annotations.NullMarked;
