package dev.orrery.prompt;

import dev.orrery.events.ContextAssembled;
import dev.orrery.events.Fact;
import dev.orrery.events.PromptRendered;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.pipeline.fallback.FallbackRules;
import dev.orrery.pipeline.fallback.FallbackSettings;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.safety.Safety;
import dev.orrery.prompt.revisions.Chain;
import dev.orrery.prompt.revisions.Revision;
import dev.orrery.prompt.revisions.Timeouts;
import dev.orrery.prompt.summaries.Recalled;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The flow against readers that are scripted, so that nothing but it can be wrong. */
abstract class ScriptedFlow {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final UUID BOT = UUID.randomUUID();

    static final Bot NOVA =
            new Bot("Nova", "A guide to the sky.", "An observatory at night.", Bot.DEFAULT_ZONE);

    static final String PROFILE = "{\"name\": \"Asha\", \"country\": \"DE\"}";
    static final FallbackRules NO_RULES = new FallbackRules(List.of(), FallbackSettings.DEFAULT);

    final Map<UUID, Revision> revisions = new HashMap<>();
    final List<Exchange> history = new ArrayList<>();
    final List<String> askedOfHistory = new ArrayList<>();
    final List<String> askedOfMemories = new ArrayList<>();
    final List<Thread> renderedOn = new ArrayList<>();
    final List<String> askedOfSummaries = new ArrayList<>();
    final AtomicInteger askedOfGreetings = new AtomicInteger();
    String greeting = "";
    Optional<Recalled> recalled = Optional.empty();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Safety safety = Safety.OFF;

    final PromptFlow flow =
            new PromptFlow(
                    id -> Mono.justOrEmpty(revisions.get(id)),
                    id -> id.equals(BOT) ? Mono.just(NOVA) : Mono.empty(),
                    (user, version) ->
                            Mono.just(new Profile(JsonMapper.shared().readTree(PROFILE))),
                    (session, sequence, window) -> {
                        askedOfHistory.add(
                                sequence + " " + window.mostTurns() + " " + window.mostBytes());
                        return Mono.just(List.copyOf(history));
                    },
                    session -> {
                        askedOfGreetings.incrementAndGet();
                        return Mono.just(greeting);
                    },
                    (session, sequence, accepted) -> {
                        askedOfSummaries.add(session + " " + sequence + " " + accepted);
                        return Mono.justOrEmpty(recalled);
                    },
                    (user, upTo) -> {
                        askedOfMemories.add(user + " " + upTo);
                        return Mono.just(List.of("Likes {{bot_name}}"));
                    },
                    new Rendering(this::steps, meters));

    /** Asked while a prompt is rendered. */
    private List<ChainStep> steps(ChainWish wish) {
        renderedOn.add(Thread.currentThread());
        return NO_RULES.plan(wish).steps();
    }

    UUID revision(String template, int historyTurns, int promptTokenLimit) {
        var wish = ChainWish.of("openai", "a", 0).then(List.of(ChainStep.of("groq", "b")));
        return revision(template, wish, historyTurns, promptTokenLimit);
    }

    UUID revision(String template, ChainWish wish, int historyTurns, int promptTokenLimit) {
        return revision(
                Prompt.of(PromptKind.TEMPLATE, template),
                PromptOptions.NONE,
                wish,
                historyTurns,
                promptTokenLimit);
    }

    UUID revision(
            Prompt prompt,
            PromptOptions options,
            ChainWish wish,
            int historyTurns,
            int promptTokenLimit) {
        var id = UUID.randomUUID();
        revisions.put(
                id,
                new Revision(
                        prompt,
                        options,
                        new Chain(wish, Timeouts.DEFAULT),
                        safety,
                        historyTurns,
                        promptTokenLimit,
                        0.7,
                        null,
                        40,
                        500));
        return id;
    }

    UUID revision(String template) {
        return revision(template, 20, 16_000);
    }

    UUID document(String source, String metadata) {
        return revision(
                Prompt.of(PromptKind.STRUCTURED, source),
                PromptOptions.of(JsonMapper.shared().readTree(metadata)),
                ChainWish.of("openai", "a", 0),
                20,
                16_000);
    }

    static Event<ContextAssembled> context(UUID revision, int sequence, Fact... facts) {
        var turn = Contexts.turn(revision, BOT).setSequence(sequence).build();
        return Contexts.of(turn, "Will it rain, {{bot_name}}?", facts);
    }

    List<Event<?>> handle(Event<ContextAssembled> context) {
        return Objects.requireNonNull(flow.handle(context).collectList().block(PATIENCE));
    }

    PromptRendered prompt(Event<ContextAssembled> context) {
        return (PromptRendered) handle(context).getLast().value();
    }

    UUID summarising(String template, String summary) {
        return revision(
                Prompt.of(PromptKind.TEMPLATE, template),
                PromptOptions.of(JsonMapper.shared().readTree("{\"summary\": " + summary + "}")),
                ChainWish.of("openai", "a", 0),
                3,
                16_000);
    }
}
