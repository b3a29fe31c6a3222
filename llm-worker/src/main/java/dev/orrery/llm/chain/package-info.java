/** The fallback chain: which call comes next, and what a call's stream is worth. */
@NullMarked
package dev.orrery.llm.chain;

import org.jspecify.annotations.NullMarked;
