package dev.orrery.billing.ledger;

import java.util.List;
import reactor.core.publisher.Mono;

/** The books. Thread safe; never blocks. */
public interface Ledger {

    /**
     * Closes the holds of these turns and posts what they cost, all in one statement. A turn that
     * was booked before, and one that never had a hold, is passed over; nothing is ever booked
     * twice.
     *
     * @return how many holds this call closed; fails with {@code StageFailure.Transient} when the
     *     database is away
     */
    Mono<Integer> book(List<TurnCharge> charges);
}
