/** Bots as those see them who make them. */
@NullMarked
package dev.orrery.ingest.admin.bots;

import org.jspecify.annotations.NullMarked;
