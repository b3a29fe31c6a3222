/** What strangers send: read strictly, taken apart field by field. */
@NullMarked
package dev.orrery.ingest.documents;

import org.jspecify.annotations.NullMarked;
