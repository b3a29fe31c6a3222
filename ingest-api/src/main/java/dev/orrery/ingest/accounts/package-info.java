/** A user's row and wallet, opened when first needed. */
@NullMarked
package dev.orrery.ingest.accounts;

import org.jspecify.annotations.NullMarked;
