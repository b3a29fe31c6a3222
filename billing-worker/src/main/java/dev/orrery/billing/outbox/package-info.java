/** Bringing posted entries from the ledger's outbox to their topic. */
@NullMarked
package dev.orrery.billing.outbox;

import org.jspecify.annotations.NullMarked;
