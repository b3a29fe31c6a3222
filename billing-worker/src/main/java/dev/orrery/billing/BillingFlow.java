package dev.orrery.billing;

import dev.orrery.billing.ledger.Ledger;
import dev.orrery.billing.ledger.TurnCharge;
import dev.orrery.events.ChatOutcome;
import dev.orrery.pipeline.event.Event;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * The billing worker on one screen: a poll of outcomes becomes one statement, and what it posted is
 * published.
 *
 * <p>Booking is idempotent by primary key, so a poll may be given again, whole or in parts, at any
 * time.
 */
final class BillingFlow {

    private final Ledger ledger;
    private final Runnable wakeOutbox;

    /**
     * @param wakeOutbox asks for the outbox to be drained soon; returns at once
     */
    BillingFlow(Ledger ledger, Runnable wakeOutbox) {
        this.ledger = ledger;
        this.wakeOutbox = wakeOutbox;
    }

    Mono<Void> book(List<Event<ChatOutcome>> outcomes) {
        var charges =
                outcomes.stream()
                        .map(Event::value)
                        .filter(BillingFlow::isBillable)
                        .map(BillingFlow::charge)
                        .toList();
        // 1 Post. 2 Publish. A crash between the two leaves the entries in the outbox, which the
        // next start drains.
        return ledger.book(charges).doOnSuccess(booked -> wakeOutbox.run()).then();
    }

    /** Replays are somebody's study, never somebody's bill. */
    private static boolean isBillable(ChatOutcome outcome) {
        return outcome.getTurn().getReplayId() == null;
    }

    /** The charge was computed once, when the turn ended; here it is booked as it stands. */
    private static TurnCharge charge(ChatOutcome outcome) {
        return new TurnCharge(
                UUID.fromString(outcome.getTurn().getTurnId()), outcome.getChargeMicros());
    }
}
