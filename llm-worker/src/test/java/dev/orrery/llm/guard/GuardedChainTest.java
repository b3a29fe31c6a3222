package dev.orrery.llm.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.chain.Gates;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Refusals;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.prices.Price;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.scripted.ScriptedModel;
import dev.orrery.llm.time.Ticker;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A chain behind all of its gates. */
class GuardedChainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Prices PRICES =
            (provider, model) -> Optional.of(new Price(1_000_000, 1_000_000, 0, 0));

    private static final ModelFailure SERVER_ERROR =
            new ModelFailure.ServerError("status 500", null);

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, ChatModel> models = new HashMap<>();

    @Test
    void asksATargetNoMoreThatFailsAgainAndAgainAndFindsItWhenItIsBack() {
        // given
        var failing = new Script[11];
        Arrays.fill(failing, Script.failure(SERVER_ERROR));
        failing[10] = Script.answer("Back.");
        var openai = model("openai", failing);
        model("groq", Script.answer("Hello."));
        var chain = chain(time.ticker(), time.clock(), CostSettings.unlimited());

        // when
        var results = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            results.add(String.join(" ", results(chain, step("openai", 0), step("groq", 0))));
        }
        int askedWhileOpen = openai.prompts().size();
        time.advance(BreakerSettings.defaults().open().plusMillis(1));
        var afterwards = results(chain, step("openai", 0), step("groq", 0));

        // then
        assertThat(results.subList(0, 10)).containsOnly("server_error answered");
        assertThat(results.subList(10, 12)).containsOnly("skipped_open answered");
        assertThat(askedWhileOpen).isEqualTo(10);
        assertThat(afterwards).containsExactly("answered");
    }

    @Test
    void waitsAsLongAsAProviderAsksAndThenTriesItAgain() {
        // given
        var busy = new ModelFailure.RateLimited("status 429", Duration.ofSeconds(3));
        model("openai", Script.failure(busy), Script.answer("Hello."));
        var chain = chain(time.ticker(), time.clock(), CostSettings.unlimited());
        var events = new ArrayList<ChainEvent>();

        // when
        chain.run(request(step("openai", 1))).subscribe(events::add);
        time.advance(Duration.ofSeconds(3));

        // then
        assertThat(traces(events)).containsExactly("rate_limited", "answered");
    }

    @Test
    void keepsTheOtherTurnsAwayFromAProviderThatHasAskedForAPause() {
        // given
        var busy = new ModelFailure.RateLimited("status 429", Duration.ofSeconds(30));
        var openai = model("openai", Script.failure(busy), Script.answer("Never."));
        model("groq", Script.answer("Hello."));
        var chain = chain(time.ticker(), time.clock(), CostSettings.unlimited());
        results(chain, step("openai", 0), step("groq", 0));

        // when
        var results = results(chain, step("openai", 0), step("groq", 0));

        // then
        assertThat(results).containsExactly("skipped_open", "answered");
        assertThat(openai.prompts()).hasSize(1);
    }

    @Test
    void stopsAfterTheAnswerThatHasPassedTheLimit() {
        // given
        model("openai", Script.answer("Hello.").usage(30, 4));
        var cents =
                new CostSettings(
                        new BigDecimal("0.00005"), null, null, Map.of(), CostSettings.UNPRICED);
        var chain = chain(time.ticker(), time.clock(), cents);
        var events = new ArrayList<ChainEvent>();

        // when
        var first = results(chain, step("openai", 0));
        var second = results(chain, step("openai", 0));
        chain.run(request(step("openai", 0))).subscribe(events::add);

        // then
        assertThat(first).containsExactly("answered"); // 34 millionths of a dollar
        assertThat(second).containsExactly("answered"); // 68
        assertThat(((ChainEvent.Failed) events.getLast()).code())
                .isEqualTo(FailureCode.SPENDING_LIMIT_REACHED);
        assertThat(traces(events)).containsExactly("skipped_spent");
    }

    @Test
    void leaksNoPlaceHoweverItsCallsEnd() {
        // given
        var ticker = Ticker.system();
        var slow = Duration.ofMillis(1);
        models.put(
                "openai",
                new ScriptedModel(
                        ticker,
                        Script.nothing()
                                .pause(slow)
                                .text("Hel")
                                .pause(slow)
                                .text("lo.")
                                .silence()));
        models.put("groq", new ScriptedModel(ticker, Script.nothing().pause(slow).text("Hel")));
        var chain = chain(ticker, Clock.systemUTC(), CostSettings.unlimited());

        // when
        Flux.range(0, 2_000)
                .flatMap(
                        i ->
                                chain.run(request(step("groq", 0), step("openai", 0)))
                                        .take(Duration.ofNanos(i * 5_000L)),
                        200)
                .blockLast(Duration.ofSeconds(30));

        // then
        await().untilAsserted(() -> {
            assertThat(inFlight("openai")).isZero();
            assertThat(inFlight("groq")).isZero();
        });
    }

    private ScriptedModel model(String provider, Script... scripts) {
        var model = new ScriptedModel(time.ticker(), scripts);
        models.put(provider, model);
        return model;
    }

    private FallbackChain chain(Ticker ticker, Clock clock, CostSettings costs) {
        var gates =
                new Gates(
                        new Ceiling(costs, new Spending(clock), PRICES, meters),
                        new Breakers(BreakerSettings.defaults(), ticker, meters),
                        new Places(ConcurrencySettings.defaults(), ticker, meters));
        return new FallbackChain(
                provider -> Optional.ofNullable(models.get(provider)),
                gates,
                PRICES,
                List.of(),
                1_000,
                ticker,
                clock);
    }

    private static List<String> results(FallbackChain chain, Step... steps) {
        var events = new ArrayList<ChainEvent>();
        chain.run(request(steps)).subscribe(events::add);
        return traces(events);
    }

    private static List<String> traces(List<ChainEvent> events) {
        var calls =
                switch (events.getLast()) {
                    case ChainEvent.Answered answered -> answered.calls();
                    case ChainEvent.Failed failed -> failed.calls();
                    default -> throw new AssertionError("not ended: " + events);
                };
        return calls.stream().map(CallTrace::result).toList();
    }

    private static ChainRequest request(Step... steps) {
        return new ChainRequest(
                "turn-1",
                new Conversation(
                        "Be brief.",
                        List.of(new Conversation.Message(Conversation.Role.USER, "Hello?")),
                        null,
                        null,
                        null,
                        100),
                List.of(steps),
                1,
                PATIENCE,
                Refusals.DEFAULT,
                "mira");
    }

    private static Step step(String provider, int retry) {
        var limits =
                new Limits(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(40));
        return new Step(provider, "model", null, retry, limits);
    }

    private double inFlight(String provider) {
        return meters.get("orrery.llm.in.flight").tag("provider", provider).gauge().value();
    }
}
