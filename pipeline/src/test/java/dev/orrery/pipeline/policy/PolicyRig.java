package dev.orrery.pipeline.policy;

import dev.orrery.events.ChatRequested;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.DeadLetters;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An input, and what has been done about it. */
final class PolicyRig {

    static final TurnRef TURN =
            TurnRef.newBuilder()
                    .setTurnId("turn-1")
                    .setSessionId("session-1")
                    .setUserId("ada")
                    .setWalletId("wallet-1")
                    .setBotId("bot-1")
                    .setSequence(1)
                    .setRevisionId("revision-1")
                    .setProfileVersion(1)
                    .setAcceptedAt(Instant.EPOCH)
                    .setDeadline(Instant.EPOCH.plusSeconds(60))
                    .setReplyPartition(7)
                    .build();

    /** Tells the time of the schedulers, so that it is virtual where theirs is. */
    static final Clock CLOCK =
            new Clock() {
                @Override
                public Instant instant() {
                    return Instant.ofEpochMilli(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }
            };

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<String> done = new ArrayList<>();
    final List<DeadLetter> buried = new ArrayList<>();

    /** How often giving up, and how often burying, fails before it succeeds. */
    int failingGiveUps;

    int failingBurials;

    /** Why no turn can be given up; null where that goes well. */
    @Nullable RuntimeException lastingFailure;

    final Handling handling =
            new Handling(
                    "test",
                    "test-group",
                    new ConsumerRecord<>(
                            "chat.requests", 3, 17, bytes("session-1"), bytes("original")));

    final LastWord lastWord = new LastWord(this::giveUp, deadLetters(), meters);

    GiveUp giveUp() {
        return this::giveUp;
    }

    DeadLetters deadLetters() {
        return letter ->
                Mono.fromRunnable(() -> {
                    if (failingBurials > 0) {
                        failingBurials--;
                        throw new PublishFailed("Kafka is away");
                    }
                    buried.add(letter);
                    done.add("buried " + letter.code());
                });
    }

    private Mono<Void> giveUp(TurnRef turn, FailureCode code) {
        return Mono.fromRunnable(() -> {
            if (lastingFailure != null) {
                throw lastingFailure;
            }
            if (failingGiveUps > 0) {
                failingGiveUps--;
                throw new StageFailure.Transient("PostgreSQL is away", null);
            }
            done.add("gave up " + turn.getTurnId() + " " + code.code());
        });
    }

    /**
     * @param within from now until its deadline; null for none
     */
    static Event<ChatRequested> request(@Nullable Duration within) {
        var deadline = within == null ? null : CLOCK.instant().plus(within);
        var value = ChatRequested.newBuilder().setTurn(TURN).setText("Will I be famous?").build();
        var context =
                new EventContext(
                        new UUID(0, 1), "door", Instant.EPOCH, "turn-1", null, deadline, null);
        return new Event<>(Topics.CHAT_REQUESTS, "session-1", 3, value, context);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
