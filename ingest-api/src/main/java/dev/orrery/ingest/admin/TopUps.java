package dev.orrery.ingest.admin;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.admin.changes.Changes;
import dev.orrery.ingest.ids.TimeOrderedIds;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.Problem;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Payments on their way into wallets; each is posted once, however often it is told. */
@Component
final class TopUps {

    /**
     * A payment that was received.
     *
     * @param paymentId the payment's own id, at the place where it was made
     * @param amountMicros above 0
     */
    record TopUp(String user, String paymentId, long amountMicros, String currency) {}

    /** What the book of changes says of a payment: its entry names no operator. */
    private record Payment(String paymentId, long amountMicros, String currency) {}

    private final Store store;
    private final Changes changes;
    private final TimeOrderedIds ids;

    TopUps(Store store, Changes changes, TimeOrderedIds ids) {
        this.store = store;
        this.changes = changes;
        this.ids = ids;
    }

    /**
     * Posts the payment; false when it had been posted before. Opens the user's wallet if there is
     * none; a payment that is refused leaves nothing behind, no wallet either.
     */
    Mono<Boolean> post(String actor, TopUp topUp) {
        return store.together(
                openWallet(topUp)
                        .then(add(topUp))
                        .map(verdict -> isNew(verdict, topUp))
                        .flatMap(isNew ->
                                isNew ? note(actor, topUp).thenReturn(true) : Mono.just(false)));
    }

    private Mono<Void> note(String actor, TopUp topUp) {
        return changes.note(
                actor,
                "top_up",
                "wallet/" + topUp.user(),
                null,
                new Payment(topUp.paymentId(), topUp.amountMicros(), topUp.currency()));
    }

    private Mono<Boolean> openWallet(TopUp topUp) {
        var statement =
                store.sql("select billing.open_wallet($1, $2, $3) is not null as opened")
                        .bind(0, ids.next())
                        .bind(1, topUp.user())
                        .bind(2, topUp.currency());
        return store.one(statement, row -> true);
    }

    private Mono<String> add(TopUp topUp) {
        var statement =
                store.sql("select billing.top_up($1, $2, $3, $4) as verdict")
                        .bind(0, topUp.paymentId())
                        .bind(1, topUp.user())
                        .bind(2, topUp.currency())
                        .bind(3, topUp.amountMicros());
        return store.one(statement, row -> required(row, "verdict", String.class));
    }

    private static boolean isNew(String verdict, TopUp topUp) {
        return switch (verdict) {
            case "posted" -> true;
            case "already_posted" -> false;
            case "payment_conflict" ->
                    throw new Problem(
                            ProblemCode.PAYMENT_CONFLICT,
                            "payment_id: posted before, to another wallet or with another amount");
            case "currency_mismatch" ->
                    throw new Problem(
                            ProblemCode.CURRENCY_MISMATCH,
                            "currency: " + topUp.currency() + " (expected: the wallet's own)");
            default ->
                    throw new IllegalStateException("BUG: verdict of billing.top_up: " + verdict);
        };
    }
}
