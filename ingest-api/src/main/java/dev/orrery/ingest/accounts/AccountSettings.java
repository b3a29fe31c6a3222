package dev.orrery.ingest.accounts;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What new accounts are like.
 *
 * @param currency ISO 4217 code of a wallet that is opened without a payment
 */
@ConfigurationProperties("orrery.accounts")
record AccountSettings(@DefaultValue("INR") String currency) {

    AccountSettings {
        if (!Currency.isOne(currency)) {
            throw new IllegalArgumentException(
                    "orrery.accounts.currency: " + currency + " (expected: ISO 4217)");
        }
    }
}
