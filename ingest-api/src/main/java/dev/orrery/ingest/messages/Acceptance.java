package dev.orrery.ingest.messages;

import dev.orrery.pipeline.turn.TurnRow;

/**
 * A message that is safe.
 *
 * @param turn its row
 * @param isNew false when it had been accepted before, by the same request sent earlier
 */
record Acceptance(TurnRow turn, boolean isNew) {}
