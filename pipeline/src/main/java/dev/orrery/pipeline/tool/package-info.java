/** Tools of bots: who carries a call out, and what became of it. */
@NullMarked
package dev.orrery.pipeline.tool;

import org.jspecify.annotations.NullMarked;
