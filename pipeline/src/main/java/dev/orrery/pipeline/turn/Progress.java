package dev.orrery.pipeline.turn;

import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.event.Event;
import dev.orrery.topics.Topics;
import dev.orrery.turns.ReplyStage;

/** Tells the reader of a reply how far the turn has come. */
public final class Progress {

    private Progress() {}

    /**
     * The announcement that the turn has reached a stage. Its place in the reply is the stage's
     * own, and its id is derived from the cause: a redelivered record announces the same thing
     * again.
     */
    public static Event<ReplyEvent> reached(ReplyStage stage, TurnRef turn, Event<?> cause) {
        var position = stage.position();
        var reached =
                ReplyEvent.newBuilder()
                        .setTurnId(turn.getTurnId())
                        .setEpoch(position.epoch())
                        .setSequence(position.sequence())
                        .setKind(ReplyKind.PROGRESS)
                        .setStage(stage.wireName())
                        .build();
        return cause.causes(Topics.CHAT_REPLIES, turn.getTurnId(), reached, position.id())
                .addressedTo(turn.getReplyPartition());
    }
}
