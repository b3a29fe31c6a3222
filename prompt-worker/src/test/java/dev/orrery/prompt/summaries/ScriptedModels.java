package dev.orrery.prompt.summaries;

import dev.orrery.pipeline.gateway.GenerateRequest;
import dev.orrery.pipeline.gateway.Generated;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A gateway that answers a repeat of a request as it did before, as ours does. */
final class ScriptedModels implements Models {

    final List<GenerateRequest> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();
    private final Map<String, Generated> answered = new ConcurrentHashMap<>();

    /** Who answers in place of the script; null for nobody. */
    volatile @Nullable Models instead;

    volatile String text = "notes";

    @Override
    public Mono<Generated> generate(GenerateRequest request) {
        return Mono.defer(() -> {
            requests.add(request);
            var other = instead;
            return other == null
                    ? Mono.just(answered.computeIfAbsent(id(request), this::answer))
                    : other.generate(request);
        });
    }

    private static String id(GenerateRequest request) {
        return String.valueOf(request.requestId());
    }

    private Generated answer(String request) {
        int number = asked.incrementAndGet();
        var words = text.isBlank() ? text : text + " " + number;
        return new Generated(request, "openai", "small", "stop", words, List.of(), 100, 20);
    }
}
