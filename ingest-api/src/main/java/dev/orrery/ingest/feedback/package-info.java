/** What users think of answers. */
@NullMarked
package dev.orrery.ingest.feedback;

import org.jspecify.annotations.NullMarked;
