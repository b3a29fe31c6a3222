package dev.orrery.llm.run;

import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.turn.RunGrant;
import dev.orrery.pipeline.turn.Turns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Asks for turns, and waits while another run is alive. */
final class Grants {

    /**
     * A live run usually ends before its lease does, and the session's next message waits behind
     * this turn.
     */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final Turns turns;
    private final Clock clock;
    private final Ticker ticker;

    Grants(Turns turns, Clock clock, Ticker ticker) {
        this.turns = turns;
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * What the row says, once no other run holds the turn; still leased when that is so at the
     * deadline.
     */
    Mono<RunGrant> ask(UUID turn, UUID run, Instant deadline) {
        return turns.begin(turn, run)
                .expand(grant ->
                        grant instanceof RunGrant.Leased leased
                                        && clock.instant().isBefore(deadline)
                                ? ticker.after(pause(leased)).then(turns.begin(turn, run))
                                : Mono.empty())
                .last();
    }

    private static Duration pause(RunGrant.Leased leased) {
        return leased.remaining().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : leased.remaining();
    }
}
