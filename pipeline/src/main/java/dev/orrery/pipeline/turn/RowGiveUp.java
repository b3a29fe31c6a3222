package dev.orrery.pipeline.turn;

import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.policy.GiveUp;
import dev.orrery.turns.FailureCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** {@link GiveUp} by the turn's row. An id that is none belongs to no turn that we know. */
public final class RowGiveUp implements GiveUp {

    private final Turns turns;
    private final Announcements announcements;

    public RowGiveUp(Turns turns, Announcements announcements) {
        this.turns = turns;
        this.announcements = announcements;
    }

    @Override
    public Mono<Void> giveUp(TurnRef turn, FailureCode code) {
        return Mono.fromSupplier(() -> idOf(turn))
                .flatMap(id -> turns.finish(id, new Finish.GivenUp(code)))
                .flatMap(this::announce);
    }

    private static @Nullable UUID idOf(TurnRef turn) {
        try {
            return UUID.fromString(turn.getTurnId());
        } catch (IllegalArgumentException malformed) {
            return null; // written by somebody else; a row of ours has nothing to end
        }
    }

    private Mono<Void> announce(FinishVerdict verdict) {
        return switch (verdict) {
            case FinishVerdict.Ended ended -> announcements.announce(ended.row());
            case FinishVerdict.Unknown ignored -> Mono.empty();
            case FinishVerdict.Superseded ignored ->
                    Mono.error(
                            new IllegalStateException(
                                    "BUG: superseded, although no run was named"));
        };
    }
}
