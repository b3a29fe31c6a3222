package dev.orrery.ingest.wallets;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger as the wallet's owner sees it.
 *
 * @param key unique for ever: use:{message}, top:{payment} or ref:{refund}
 * @param number ascending, with gaps
 * @param amountMicros above 0 for money that came, below for money that went
 * @param messageId the message that was paid for; null otherwise
 * @param reverses key of the entry that was given back; null otherwise
 */
record WalletEntry(
        String key,
        long number,
        long amountMicros,
        String currency,
        @Nullable UUID messageId,
        @Nullable String reverses,
        Instant postedAt) {}
