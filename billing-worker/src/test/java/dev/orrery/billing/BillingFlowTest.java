package dev.orrery.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.billing.ledger.Ledger;
import dev.orrery.billing.ledger.TurnCharge;
import dev.orrery.events.ChatOutcome;
import dev.orrery.pipeline.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class BillingFlowTest {

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
        return Outcomes.of(UUID.randomUUID(), UUID.randomUUID(), chargeMicros, replayId);
    }
}
