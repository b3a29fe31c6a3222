package dev.orrery.ingest.admin;

import dev.orrery.ingest.accounts.Currency;
import dev.orrery.ingest.accounts.UserId;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.security.Caller;
import dev.orrery.ingest.wallets.Wallet;
import dev.orrery.ingest.wallets.Wallets;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /admin/v1/wallets/{user}/top-ups}: payments that were received. */
@RestController
class TopUpsEndpoint {

    /**
     * Nine thousand million of any currency; a thousand such payments still fit a wallet's column.
     */
    private static final long GREATEST_AMOUNT_MICROS = 9_000_000_000_000_000L;

    private final TopUps topUps;
    private final Wallets wallets;

    TopUpsEndpoint(TopUps topUps, Wallets wallets) {
        this.topUps = topUps;
        this.wallets = wallets;
    }

    /** 201 when it was posted, 200 when it had been posted before; the wallet either way. */
    @PostMapping(
            path = "/admin/v1/wallets/{user}/top-ups",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Wallet>> post(Caller caller, @PathVariable String user, Fields document) {
        var topUp = topUp(user, document);
        return topUps.post(caller.user(), topUp)
                .flatMap(isNew ->
                        wallets.find(user)
                                .map(wallet ->
                                        ResponseEntity.status(
                                                        isNew ? HttpStatus.CREATED : HttpStatus.OK)
                                                .body(wallet)));
    }

    private static TopUps.TopUp topUp(String user, Fields document) {
        document.allowing("payment_id", "amount_micros", "currency");
        if (!UserId.isOne(user)) {
            throw new Problem(
                    ProblemCode.INVALID_REQUEST,
                    "user (expected: 1 to 255 characters, as the subject of a token)");
        }
        var currency = document.text("currency", 3);
        if (!Currency.isOne(currency)) {
            throw document.invalid(
                    "currency", "not a currency (expected: ISO 4217, for example INR)");
        }
        return new TopUps.TopUp(
                user,
                document.text("payment_id", 200),
                document.wholeNumber("amount_micros", 1, GREATEST_AMOUNT_MICROS),
                currency);
    }
}
