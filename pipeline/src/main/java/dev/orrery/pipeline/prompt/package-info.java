/**
 * What a model will see, made of a revision's prompt and a turn's scene. Pure: no I/O, no clock, no
 * Spring; the prompt worker and the door's preview render with the same code and so to the same
 * bytes.
 */
@NullMarked
package dev.orrery.pipeline.prompt;

import org.jspecify.annotations.NullMarked;
