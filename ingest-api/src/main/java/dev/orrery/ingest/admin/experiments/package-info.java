/** Several revisions of one bot beside each other, and what their numbers say. */
@NullMarked
package dev.orrery.ingest.admin.experiments;

import org.jspecify.annotations.NullMarked;
