/** A user's money, to look at. */
@NullMarked
package dev.orrery.ingest.wallets;

import org.jspecify.annotations.NullMarked;
