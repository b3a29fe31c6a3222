package dev.orrery.llm.gateway.repeats;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.answer.Usage;
import dev.orrery.llm.gateway.repeats.LateEntries.Adds;
import dev.orrery.pipeline.digest.Sha256;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** A name that is taken is given back or answered for, however late that was heard. */
class LateRepeatsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration REDIS_IS_TRIED_AGAIN = Duration.ofSeconds(2);
    private static final RepeatSettings SETTINGS =
            new RepeatSettings(
                    Duration.ofHours(24),
                    Duration.ofMillis(250),
                    DataSize.ofKilobytes(4),
                    DataSize.ofKilobytes(6));
    private static final Outcome.Answered ANSWER =
            new Outcome.Answered(
                    "openai",
                    "gpt",
                    "stop",
                    "A good angle.",
                    List.of(),
                    new Usage(31, 4, null, null, false),
                    List.of());

    private final ManualTime time = new ManualTime();
    private final LateEntries entries = new LateEntries();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Repeats repeats =
            new Repeats(
                    null,
                    new SharedEntries(entries, SETTINGS, time.ticker(), meters),
                    time.ticker(),
                    meters);
    private final NamedRequest request =
            NamedRequest.of("reports", "r-1", Sha256.of("What is a sextile?"), null);

    private @Nullable Claim claim() {
        var claimed = new AtomicReference<@Nullable Claim>();
        repeats.claim(request, PATIENCE).subscribe(claimed::set);
        return claimed.get();
    }

    private Claim.Fresh claimedLate() {
        entries.add(Adds.TOO_LATE);
        var fresh = (Claim.Fresh) requireNonNull(claim());
        entries.add(Adds.IN_TIME);
        time.advance(REDIS_IS_TRIED_AGAIN);
        return fresh;
    }

    @Test
    void keepTheAnswerOfAClaimThatWasHeardTooLate() {
        // given
        claimedLate().keeping(Mono.just(ANSWER)).subscribe();

        // when
        var again = claim();

        // then
        assertThat(again).isEqualTo(new Claim.Known(ANSWER));
    }

    @Test
    void letOthersTryAfterAClaimThatWasHeardTooLateAndCameToNothing() {
        // given
        var failure = new Outcome.Failed(FailureCode.ALL_PROVIDERS_FAILED, List.of());
        claimedLate().keeping(Mono.<Outcome>just(failure)).subscribe();

        // when
        var again = claim();

        // then
        assertThat(again).isInstanceOf(Claim.Fresh.class);
    }

    @Test
    void letOthersTryWhenTheCallerLeavesBeforeItHears() {
        // given
        entries.add(Adds.NEVER);
        var waiting = repeats.claim(request, PATIENCE).subscribe();
        assertThat(entries.hold(request)).isTrue();

        // when
        waiting.dispose();

        // then
        assertThat(entries.hold(request)).isFalse();
    }

    @Test
    void letOthersTryWhenTheCallerLeavesBetweenTheClaimAndTheChain() {
        // given
        var between = repeats.claim(request, PATIENCE).flatMap(claim -> Mono.never()).subscribe();
        assertThat(entries.hold(request)).isTrue();

        // when
        between.dispose();

        // then
        assertThat(entries.hold(request)).isFalse();
    }

    @Test
    void leaveTheNameToItsOwnerWhenAnotherCallerLeaves() {
        // given
        claim();
        var other = repeats.claim(request, PATIENCE).subscribe();

        // when
        other.dispose();

        // then
        assertThat(entries.hold(request)).isTrue();
    }
}
