/** What a user wants to be remembered. */
@NullMarked
package dev.orrery.ingest.memories;

import org.jspecify.annotations.NullMarked;
