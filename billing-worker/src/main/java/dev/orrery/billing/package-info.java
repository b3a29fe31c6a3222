/** The billing worker: debits wallets once for every turn that ended, and tells the world. */
@NullMarked
package dev.orrery.billing;

import org.jspecify.annotations.NullMarked;
