/** A chat route that speaks the UI message stream of Vercel's AI SDK. */
@NullMarked
package dev.orrery.simulator.aisdk;

import org.jspecify.annotations.NullMarked;
