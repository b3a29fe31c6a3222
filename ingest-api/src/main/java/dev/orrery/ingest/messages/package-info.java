/** Messages: accepted once, told about, cancelled. */
@NullMarked
package dev.orrery.ingest.messages;

import org.jspecify.annotations.NullMarked;
