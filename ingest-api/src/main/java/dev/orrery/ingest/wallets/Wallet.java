package dev.orrery.ingest.wallets;

import java.util.UUID;

/**
 * Money of a user, in millionths of the currency.
 *
 * @param postedMicros what the wallet owns
 * @param heldMicros the part of it that is reserved for messages in flight
 * @param availableMicros what is left to be spent
 */
public record Wallet(
        UUID id, String currency, long postedMicros, long heldMicros, long availableMicros) {}
