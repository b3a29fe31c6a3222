package dev.orrery.llm.tools;

import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Tools that say what a test wants; others say their own name. Remembers every errand. */
public final class ScriptedTools implements ToolSource {

    private final Map<String, Function<Errand, Mono<String>>> answers = new HashMap<>();
    private final List<Errand> errands = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Ticker ticker;

    public ScriptedTools(Ticker ticker) {
        this.ticker = ticker;
    }

    public ScriptedTools saying(String tool, String result) {
        answers.put(tool, errand -> Mono.just(result));
        return this;
    }

    public ScriptedTools taking(String tool, Duration time, String result) {
        answers.put(tool, errand -> ticker.pause(time).thenReturn(result));
        return this;
    }

    public ScriptedTools failing(String tool, Throwable failure) {
        answers.put(tool, errand -> Mono.error(failure));
        return this;
    }

    @Override
    public Mono<String> carryOut(Errand errand) {
        return Mono.defer(
                        () -> {
                            errands.add(errand);
                            return answers.getOrDefault(
                                            errand.tool(), each -> Mono.just(each.tool()))
                                    .apply(errand);
                        })
                .doOnCancel(cancelled::incrementAndGet);
    }

    public List<Errand> errands() {
        return List.copyOf(errands);
    }

    /** How many were broken off. */
    public int cancelled() {
        return cancelled.get();
    }
}
