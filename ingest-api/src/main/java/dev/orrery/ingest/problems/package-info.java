/** How the door says no: one catalogue of problems, one place that writes them. */
@NullMarked
package dev.orrery.ingest.problems;

import org.jspecify.annotations.NullMarked;
