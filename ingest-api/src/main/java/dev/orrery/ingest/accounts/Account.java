package dev.orrery.ingest.accounts;

import java.util.UUID;

/**
 * A user who has been here.
 *
 * @param currency ISO 4217 code of the wallet
 * @param profileVersion the profile in force; 0 for none
 */
public record Account(String user, UUID walletId, String currency, int profileVersion) {}
