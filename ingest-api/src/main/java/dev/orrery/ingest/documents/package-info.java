/** What strangers send, as endpoints ask for it. */
@NullMarked
package dev.orrery.ingest.documents;

import org.jspecify.annotations.NullMarked;
