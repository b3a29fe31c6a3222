/** Services that speak the UI message stream of the Vercel AI SDK. */
@NullMarked
package dev.orrery.llm.aisdk;

import org.jspecify.annotations.NullMarked;
