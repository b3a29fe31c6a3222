package dev.orrery.llm.chain;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Models;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.scripted.ScriptedModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import reactor.core.Disposable;

/** A chain over scripted models in a time of its own, and everything it said. */
final class RecordedChain {

    static final int MAX_REPLY_CHARS = 1_000;

    private final ManualTime time = new ManualTime();
    private final Map<String, ChatModel> models = new HashMap<>();
    private final Set<String> withoutTools = new HashSet<>();
    private final Map<String, String> defaultRegions = new HashMap<>();
    private final List<ChainEvent> events = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FallbackChain chain;

    /** Told to these listeners, and measured. */
    RecordedChain(CallListener... listeners) {
        this(CallGate.ALWAYS_OPEN, Prices.UNKNOWN, listeners);
    }

    RecordedChain(CallGate gate, Prices prices, CallListener... listeners) {
        this(gate, prices, Hedging.NEVER, false, listeners);
    }

    RecordedChain(
            CallGate gate,
            Prices prices,
            Hedging hedging,
            boolean literal,
            CallListener... listeners) {
        var all = new ArrayList<>(List.of(listeners));
        all.add(new CallMeters(meters));
        chain =
                new FallbackChain(
                        new Scripted(),
                        gate,
                        prices,
                        all,
                        hedging,
                        new FallbackChain.Settings(MAX_REPLY_CHARS, literal),
                        time.ticker(),
                        time.clock());
    }

    private final class Scripted implements Models {

        @Override
        public Optional<ChatModel> of(String provider) {
            return Optional.ofNullable(models.get(provider));
        }

        @Override
        public boolean takesTools(String provider) {
            return !withoutTools.contains(provider);
        }

        @Override
        public @Nullable String defaultRegion(String provider) {
            return defaultRegions.get(provider);
        }
    }

    /** Has a provider's models be asked there when a step does not say where. */
    void defaultRegion(String provider, String region) {
        defaultRegions.put(provider, region);
    }

    /** Has a provider's models know nothing of tools. */
    void withoutTools(String provider) {
        withoutTools.add(provider);
    }

    /** Gives a provider one model that plays these scripts, a call each. */
    ScriptedModel script(String provider, Script... scripts) {
        var model = new ScriptedModel(time.ticker(), scripts);
        models.put(provider, model);
        return model;
    }

    void model(String provider, ChatModel model) {
        models.put(provider, model);
    }

    Disposable run(ChainRequest request) {
        return chain.run(request).subscribe(events::add);
    }

    void run(ChainRequest request, Subscriber<ChainEvent> reader) {
        chain.run(request).subscribe(reader);
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    List<ChainEvent> events() {
        return List.copyOf(events);
    }

    List<String> texts() {
        return only(ChainEvent.Text.class).stream().map(ChainEvent.Text::text).toList();
    }

    List<ChainEvent.CallBegan> calls() {
        return only(ChainEvent.CallBegan.class);
    }

    boolean hasEnded() {
        return !only(ChainEvent.Answered.class).isEmpty()
                || !only(ChainEvent.Failed.class).isEmpty();
    }

    ChainEvent.Answered answered() {
        return (ChainEvent.Answered) events.getLast();
    }

    ChainEvent.Failed failed() {
        return (ChainEvent.Failed) events.getLast();
    }

    /** Of a chain that was answered. */
    List<String> results() {
        return answered().calls().stream().map(CallTrace::result).toList();
    }

    private <T extends ChainEvent> List<T> only(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
