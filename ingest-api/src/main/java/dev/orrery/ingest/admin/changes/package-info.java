/** Who changed what, and when. */
@NullMarked
package dev.orrery.ingest.admin.changes;

import org.jspecify.annotations.NullMarked;
