/** What providers bill for their models, as operators add to it. */
@NullMarked
package dev.orrery.ingest.admin.prices;

import org.jspecify.annotations.NullMarked;
