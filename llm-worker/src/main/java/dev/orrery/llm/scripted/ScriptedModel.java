package dev.orrery.llm.scripted;

import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.time.Ticker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;

/**
 * A model that plays scripts: the first call the first one, the next call the next one, and the
 * last one for ever. It remembers what it was asked and how many of its calls were broken off. For
 * tests and benchmarks that need a provider without a network.
 *
 * <p>Thread safety: as {@link ChatModel} demands. Chunks arrive on the ticker's timers once a
 * script has paused, on the caller's thread before.
 */
public final class ScriptedModel implements ChatModel {

    private final Ticker ticker;
    private final List<Script> scripts;
    private final List<Prompt> prompts = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    public ScriptedModel(Ticker ticker, Script... scripts) {
        if (scripts.length == 0) {
            throw new IllegalArgumentException("scripts: none (expected: at least one)");
        }
        this.ticker = ticker;
        this.scripts = List.of(scripts);
    }

    @Override
    public Flux<ModelChunk> stream(Prompt prompt) {
        return Flux.defer(() -> play(next(prompt))).doOnCancel(cancelled::incrementAndGet);
    }

    private synchronized Script next(Prompt prompt) {
        prompts.add(prompt);
        return scripts.get(Math.min(prompts.size(), scripts.size()) - 1);
    }

    private Flux<ModelChunk> play(Script script) {
        return Flux.fromIterable(script.steps()).concatMap(this::play, 1);
    }

    private Flux<ModelChunk> play(Script.Step step) {
        return switch (step) {
            case Script.Step.Send send -> Flux.just(send.chunk());
            case Script.Step.Pause pause -> ticker.pause(pause.length()).thenMany(Flux.empty());
            case Script.Step.Fail fail -> Flux.error(fail.failure());
            case Script.Step.Silence ignored -> Flux.never();
        };
    }

    /** What was asked so far, oldest first. */
    public List<Prompt> prompts() {
        return List.copyOf(prompts);
    }

    /** How many calls were broken off by whoever made them. */
    public int cancelled() {
        return cancelled.get();
    }
}
