/** Lists in pages, and the cursors between them. */
@NullMarked
package dev.orrery.ingest.paging;

import org.jspecify.annotations.NullMarked;
