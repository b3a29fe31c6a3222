package dev.orrery.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.billing.ledger.Ledger;
import dev.orrery.billing.ledger.TurnCharge;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.topics.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class BillingFlowTest {

    private static final Instant NOW = Instant.parse("2026-01-15T09:15:00Z");

    private final List<TurnCharge> booked = new ArrayList<>();
    private final Ledger ledger =
            charges -> {
                booked.addAll(charges);
                return Mono.just(charges.size());
            };
    private int wakes;
    private final BillingFlow flow = new BillingFlow(ledger, () -> wakes++);

    @Test
    void booksTheStoredChargeOfEveryOutcomeOfThePoll() {
        // given
        var first = outcome(5_000_000, null);
        var second = outcome(0, null);

        // when
        flow.book(List.of(first, second)).block();

        // then
        assertThat(booked)
                .containsExactly(
                        new TurnCharge(turn(first), 5_000_000), new TurnCharge(turn(second), 0));
        assertThat(wakes).isEqualTo(1);
    }

    @Test
    void neverBooksAReplay() {
        // given
        var replay = outcome(5_000_000, "replay-1");

        // when
        flow.book(List.of(replay)).block();

        // then
        assertThat(booked).isEmpty();
    }

    private static UUID turn(Event<ChatOutcome> outcome) {
        return UUID.fromString(outcome.value().getTurn().getTurnId());
    }

    private static Event<ChatOutcome> outcome(long chargeMicros, @Nullable String replayId) {
        var turn = UUID.randomUUID();
        var reference =
                TurnRef.newBuilder()
                        .setTurnId(turn.toString())
                        .setSessionId(UUID.randomUUID().toString())
                        .setUserId("asha")
                        .setWalletId(UUID.randomUUID().toString())
                        .setBotId(UUID.randomUUID().toString())
                        .setSequence(1)
                        .setRevisionId(UUID.randomUUID().toString())
                        .setProfileVersion(1)
                        .setAcceptedAt(NOW)
                        .setDeadline(NOW.plusSeconds(60))
                        .setReplyPartition(0)
                        .setReplayId(replayId)
                        .build();
        var outcome =
                ChatOutcome.newBuilder()
                        .setTurn(reference)
                        .setState(OutcomeState.COMPLETED)
                        .setChargeMicros(chargeMicros)
                        .setCurrency("INR")
                        .setFinishedAt(NOW)
                        .build();
        var context = new EventContext(turn, "test", NOW, turn.toString(), null, null, null);
        return new Event<>(Topics.CHAT_OUTCOMES, reference.getWalletId(), null, outcome, context);
    }
}
