package dev.orrery.billing.ledger;

import java.util.UUID;

/**
 * What an ended turn costs.
 *
 * @param micros in millionths of the wallet's currency; 0 releases the turn's hold
 */
public record TurnCharge(UUID turn, long micros) {}
