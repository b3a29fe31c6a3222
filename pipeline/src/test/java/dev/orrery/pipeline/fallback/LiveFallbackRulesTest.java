package dev.orrery.pipeline.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.stage.StageFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class LiveFallbackRulesTest {

    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ChainWish WISH = ChainWish.of("openai", "big", 0);

    private final Queue<Mono<List<FallbackRule>>> readings = new ArrayDeque<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private int asked;

    private final LiveFallbackRules rules =
            new LiveFallbackRules(
                    this::read, FallbackSettings.DEFAULT, REFRESH, meters, Clock.systemUTC(), time);

    @AfterEach
    void stop() {
        rules.stop();
        time.dispose();
    }

    /** What comes next; the last one stays. */
    private Mono<List<FallbackRule>> read() {
        asked++;
        return readings.size() > 1 ? readings.remove() : readings.element();
    }

    private static Mono<List<FallbackRule>> leadingTo(String model) {
        var step = ChainStep.of("groq", model);
        return Mono.just(List.of(new FallbackRule("openai", "*", List.of(step), true)));
    }

    private static Mono<List<FallbackRule>> away() {
        return Mono.error(new StageFailure.Transient("database: away", null));
    }

    private String second() {
        return rules.plan(WISH).get(1).model();
    }

    private double refreshes(String outcome) {
        return meters.counter(LiveFallbackRules.REFRESHES, "outcome", outcome).count();
    }

    @Test
    void areThereAfterTheStart() {
        // given
        readings.add(leadingTo("a"));

        // when
        rules.start(PATIENCE);

        // then
        assertThat(second()).isEqualTo("a");
    }

    @Test
    void areNotAskedForBeforeTheStart() {
        assertThatThrownBy(() -> rules.plan(WISH))
                .hasMessage("BUG: fallback rules are asked for before the start");
    }

    @Test
    void areReadForNoPlan() {
        // given
        readings.add(leadingTo("a"));
        rules.start(PATIENCE);

        // when
        rules.plan(WISH);
        rules.plan(WISH);

        // then
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void waitForADatabaseThatIsAwayAtTheStart() {
        // given
        readings.add(away());
        readings.add(away());
        readings.add(leadingTo("a"));

        // when
        rules.start(PATIENCE);

        // then
        assertThat(second()).isEqualTo("a");
    }

    @Test
    void endTheStartWhenTheyCannotBeReadAtAll() {
        // given
        readings.add(Mono.error(new IllegalStateException("no such table")));

        // then
        assertThatThrownBy(() -> rules.start(PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "fallback rules: java.lang.IllegalStateException: no such table"
                                + " (expected: llm.fallback_rules of migration V008, readable by this app's role)");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void endTheStartWhenPatienceDoes() {
        // given
        readings.add(Mono.never());

        // then
        assertThatThrownBy(() -> rules.start(Duration.ofMillis(20)))
                .hasMessageStartingWith("fallback rules: none within PT0.02S (expected: ");
    }

    @Test
    void areRefreshedAgainAndAgain() {
        // given
        readings.add(leadingTo("a"));
        readings.add(leadingTo("b"));
        readings.add(leadingTo("c"));
        rules.start(PATIENCE);

        // when
        time.advanceTimeBy(REFRESH);

        // then
        assertThat(second()).isEqualTo("b");
        time.advanceTimeBy(REFRESH);
        assertThat(second()).isEqualTo("c");
        assertThat(refreshes("read")).isEqualTo(2);
    }

    @Test
    void stayAsTheyWereWhileTheyCannotBeRead() {
        // given
        readings.add(leadingTo("a"));
        readings.add(away());
        readings.add(Mono.error(new IllegalStateException("no such table")));
        readings.add(leadingTo("b"));
        rules.start(PATIENCE);

        // when
        time.advanceTimeBy(REFRESH.multipliedBy(2));

        // then
        assertThat(second()).isEqualTo("a");
        assertThat(refreshes("failed")).isEqualTo(2);
        time.advanceTimeBy(REFRESH);
        assertThat(second()).isEqualTo("b");
    }

    @Test
    void stayAsTheyWereWhenTheNewOnesContradictEachOther() {
        // given
        var rule = new FallbackRule("openai", "*", List.of(), true);
        readings.add(leadingTo("a"));
        readings.add(Mono.just(List.of(rule, rule)));
        rules.start(PATIENCE);

        // when
        time.advanceTimeBy(REFRESH);

        // then
        assertThat(second()).isEqualTo("a");
        assertThat(refreshes("failed")).isEqualTo(1);
    }

    @Test
    void areReadNoMoreAfterTheStop() {
        // given
        readings.add(leadingTo("a"));
        rules.start(PATIENCE);

        // when
        rules.stop();
        time.advanceTimeBy(REFRESH.multipliedBy(3));

        // then
        assertThat(asked).isEqualTo(1);
        assertThat(second()).isEqualTo("a");
    }

    @Test
    void countTheProvidersThatNoRuleKnows() {
        // given
        readings.add(leadingTo("a"));
        rules.start(PATIENCE);

        // when
        rules.plan(WISH);
        rules.plan(ChainWish.of("GROQ", "m", 0));

        // then
        assertThat(meters.find(UndefinedProviders.METER).counters())
                .singleElement()
                .satisfies(counter -> {
                    assertThat(counter.getId().getTag("provider")).isEqualTo("groq");
                    assertThat(counter.count()).isEqualTo(1);
                });
    }
}
