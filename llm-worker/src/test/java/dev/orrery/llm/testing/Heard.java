package dev.orrery.llm.testing;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * All that came of one call.
 *
 * @param failure how it went wrong; null when it did not
 */
public record Heard(List<ModelChunk> chunks, @Nullable Throwable failure) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Listens to the end. */
    public static Heard of(Flux<ModelChunk> stream) {
        var chunks = new ArrayList<ModelChunk>();
        var failure =
                stream.doOnNext(chunks::add)
                        .then()
                        .materialize()
                        .map(end -> Optional.ofNullable(end.getThrowable()))
                        .block(PATIENCE);
        return new Heard(chunks, failure == null ? null : failure.orElse(null));
    }

    public String text() {
        return of(ModelChunk.TextDelta.class).stream()
                .map(ModelChunk.TextDelta::text)
                .collect(Collectors.joining());
    }

    public String reasoning() {
        return of(ModelChunk.ReasoningDelta.class).stream()
                .map(ModelChunk.ReasoningDelta::text)
                .collect(Collectors.joining());
    }

    public List<FinishReason> finishes() {
        return of(ModelChunk.Finished.class).stream().map(ModelChunk.Finished::reason).toList();
    }

    /** The last statement of usage, which is the one that counts; null without any. */
    public ModelChunk.@Nullable Usage usage() {
        var stated = of(ModelChunk.Usage.class);
        return stated.isEmpty() ? null : stated.getLast();
    }

    public List<ModelChunk.ToolFragment> fragments() {
        return of(ModelChunk.ToolFragment.class);
    }

    /** The ids of the request that were told. */
    public List<String> requestIds() {
        return of(ModelChunk.Started.class).stream().map(ModelChunk.Started::requestId).toList();
    }

    private <T extends ModelChunk> List<T> of(Class<T> kind) {
        return chunks.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
