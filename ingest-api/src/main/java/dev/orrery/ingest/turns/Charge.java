package dev.orrery.ingest.turns;

import dev.orrery.pipeline.turn.TurnRow;

/**
 * What a user paid for a turn, as clients see it.
 *
 * @param micros millionths of the currency
 * @param currency ISO 4217
 */
public record Charge(long micros, String currency) {

    public static Charge of(TurnRow turn, TurnRow.Ending ending) {
        return new Charge(ending.chargeMicros(), turn.currency());
    }
}
