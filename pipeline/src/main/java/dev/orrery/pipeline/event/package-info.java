/** What travels: an event with its topic, key, value and CloudEvents context. */
@NullMarked
package dev.orrery.pipeline.event;

import org.jspecify.annotations.NullMarked;
