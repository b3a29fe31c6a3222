package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.THIRD;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.guard.ConcurrencySettings;
import dev.orrery.llm.guard.Places;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Two calls, a timer and a reader who leaves, all on threads of their own and all at once. */
class HedgeRacesTest {

    private static final int RUNS = 600;
    private static final int AT_ONCE = 32;
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Hedges after a millisecond, whatever is usual. */
    private static final HedgeSettings EAGER =
            new HedgeSettings(true, 5, 1, Duration.ofMillis(1), Duration.ofMillis(1), 10);

    private final long seed = new Random().nextLong();
    private final Map<String, Random> randoms = new ConcurrentHashMap<>();
    private final Ticker ticker = Ticker.system();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EndsOnce ends = new EndsOnce();
    private final Hedging hedging = new Hedging(EAGER);
    private final FallbackChain chain =
            new FallbackChain(
                    provider -> Optional.of(model(provider)),
                    new Places(ConcurrencySettings.defaults(), ticker, meters),
                    Prices.UNKNOWN,
                    List.of(ends),
                    hedging,
                    new FallbackChain.Settings(1_000, false),
                    ticker,
                    Clock.systemUTC());

    @Test
    void showsOneModelsAnswerAndEndsEveryCallOnce() {
        // given
        hedging.ended(HedgedChain.report(PRIMARY, "answered", 1L, 1));

        // when: every third reader leaves at about the time when things happen
        var random = new Random(seed);
        var answers =
                Flux.range(0, RUNS)
                        .flatMap(run -> run(run % 3 == 0, random.nextInt(3_000)), AT_ONCE)
                        .collectList()
                        .block(LONG);

        // then
        assertThat(requireNonNull(answers)).as("seed " + seed).isNotEmpty();
        assertThat(answers).as("seed " + seed).allSatisfy(HedgeRacesTest::assertOneAnswer);
        await().untilAsserted(() ->
                assertThat(ends.counts()).as("seed " + seed).isNotEmpty().containsOnly(1));
        assertThat(meters.get("orrery.llm.in.flight").gauges())
                .as("seed " + seed)
                .allSatisfy(gauge -> assertThat(gauge.value()).isZero());
    }

    private Mono<List<ChainEvent>> run(boolean leaves, int micros) {
        var events = chain.run(HedgedChain.hedged(PRIMARY, SECOND, THIRD)).collectList();
        return leaves
                ? events.timeout(Duration.ofNanos(1_000L * micros + 1), Mono.empty())
                : events;
    }

    /** Each model says its own name, three times. */
    private static void assertOneAnswer(List<ChainEvent> events) {
        var answered = (ChainEvent.Answered) events.getLast();
        assertThat(events)
                .filteredOn(ChainEvent.Text.class::isInstance)
                .hasSize(3)
                .allSatisfy(text ->
                        assertThat(((ChainEvent.Text) text).text())
                                .isEqualTo(answered.step().provider()));
        assertThat(answered.calls()).extracting(CallTrace::number).doesNotHaveDuplicates();
        assertThat(answered.calls())
                .extracting(CallTrace::result)
                .containsOnlyOnce(CallTrace.ANSWERED);
    }

    private ChatModel model(String provider) {
        var random = randoms.computeIfAbsent(provider, name -> new Random(seed + name.hashCode()));
        return prompt ->
                Mono.delay(Duration.ofNanos(random.nextInt(3_000_000)), ticker.scheduler())
                        .flatMapMany(tick ->
                                provider.equals("mistral") || random.nextInt(5) > 0
                                        ? Flux.just(
                                                said(provider),
                                                said(provider),
                                                said(provider),
                                                new ModelChunk.Finished(FinishReason.STOP))
                                        : Flux.error(
                                                new ModelFailure.ServerError("status 500", null)));
    }

    private static ModelChunk said(String provider) {
        return new ModelChunk.TextDelta(provider);
    }

    /** How often each call that began has ended. */
    private static final class EndsOnce implements CallListener {

        private final Map<Call, AtomicInteger> ends =
                Collections.synchronizedMap(new IdentityHashMap<>());

        @Override
        public void began(Call call) {
            count(call);
        }

        @Override
        public void ended(CallReport report) {
            count(report.call()).incrementAndGet();
        }

        private AtomicInteger count(Call call) {
            return ends.computeIfAbsent(call, fresh -> new AtomicInteger());
        }

        List<Integer> counts() {
            synchronized (ends) {
                return ends.values().stream().map(AtomicInteger::get).toList();
            }
        }
    }
}
