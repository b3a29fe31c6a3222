/** Booking ended turns in the ledger. */
@NullMarked
package dev.orrery.billing.ledger;

import org.jspecify.annotations.NullMarked;
