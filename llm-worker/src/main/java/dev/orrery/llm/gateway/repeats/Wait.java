package dev.orrery.llm.gateway.repeats;

import dev.orrery.llm.gateway.problems.ProblemCode;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.http.Problem;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;

/** One call that wants to know whose turn it is, and looks until it knows. Used once. */
final class Wait {

    /** A chain ends by its deadline, and what comes after that is brought to Redis in this time. */
    private static final Duration SPARE = Duration.ofSeconds(10);

    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration RAREST_LOOK = Duration.ofSeconds(1);
    private static final long RETRY_AFTER_SECONDS = 1;

    private final ClaimedName name;
    private final Duration patience;
    private final Ticker ticker;
    private final long began;

    /**
     * @param patience until the deadline
     */
    Wait(ClaimedName name, Duration patience, Ticker ticker) {
        this.name = name;
        this.patience = patience;
        this.ticker = ticker;
        this.began = ticker.now();
    }

    /** Whoever leaves before the promise is anybody's gives it up. */
    Mono<Claim> claim() {
        return look(FIRST_LOOK).doOnCancel(() -> name.giveUp().subscribe());
    }

    /**
     * @param pause before the next look, should there be one
     */
    private Mono<Claim> look(Duration pause) {
        return name.take(left().plus(SPARE))
                .flatMap(found ->
                        switch (found) {
                            case Found.Nothing ignored -> mine("fresh");
                            case Found.Something something -> decide(something.entry(), pause);
                            case Found.GoneAgain ignored -> later(pause);
                            case Found.Unreadable ignored -> alone("unreadable");
                            case Found.Unclear ignored -> mine("away");
                            case Found.Unknown ignored -> alone("away");
                        });
    }

    private Mono<Claim> decide(Entry entry, Duration pause) {
        if (!name.isOf(entry)) {
            name.count("conflict");
            return Mono.error(
                    new Problem(
                            ProblemCode.REQUEST_ID_CONFLICT,
                            "request_id: was that of another request (expected: one of its own, or"
                                    + " the same body)"));
        }
        return switch (entry) {
            case Entry.Kept kept -> known(kept);
            case Entry.Pending ignored -> later(pause);
        };
    }

    private Mono<Claim> known(Entry.Kept kept) {
        name.count(Repeats.KNOWN);
        return Mono.just(new Claim.Known(kept.answer()));
    }

    private Mono<Claim> later(Duration pause) {
        if (left().compareTo(pause) <= 0) {
            name.count("in_progress");
            return Mono.error(
                    new Problem(
                            ProblemCode.REQUEST_IN_PROGRESS,
                            "request_id: another call is at it (expected: its end, within the"
                                    + " deadline)",
                            Map.of(Problem.RETRY_AFTER, RETRY_AFTER_SECONDS)));
        }
        return ticker.pause(pause).then(Mono.defer(() -> look(rarer(pause))));
    }

    private static Duration rarer(Duration pause) {
        var longer = pause.multipliedBy(3).dividedBy(2);
        return longer.compareTo(RAREST_LOOK) < 0 ? longer : RAREST_LOOK;
    }

    private Mono<Claim> mine(String outcome) {
        name.count(outcome);
        return Mono.just(new Claim.Fresh(name, waited()));
    }

    private Mono<Claim> alone(String why) {
        name.count(why);
        return Mono.just(new Claim.Fresh(Claim.Promise.TO_NOBODY, waited()));
    }

    private Duration waited() {
        return Duration.ofNanos(ticker.now() - began);
    }

    private Duration left() {
        return patience.minus(waited());
    }
}
