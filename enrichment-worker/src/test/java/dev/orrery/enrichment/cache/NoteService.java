package dev.orrery.enrichment.cache;

import dev.orrery.enrichment.source.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Answers with notes, or fails as it is told; counts how often it was asked. */
final class NoteService {

    private final AtomicInteger calls = new AtomicInteger();
    private volatile Note answer;
    private volatile @Nullable SourceFailure failure;
    private volatile Mono<Void> release = Mono.empty();

    NoteService(String text, Instant freshUntil) {
        this.answer = new Note(text, freshUntil);
    }

    void answers(String text, Instant freshUntil) {
        answer = new Note(text, freshUntil);
        failure = null;
    }

    void fails(SourceFailure how) {
        failure = how;
    }

    void takes(Duration time) {
        release = Mono.delay(time).then();
    }

    /** Answers nothing until it is released. */
    Sinks.Empty<Void> holdBack() {
        var sink = Sinks.<Void>empty();
        release = sink.asMono();
        return sink;
    }

    Mono<Note> fetch() {
        return Mono.defer(() -> {
            calls.incrementAndGet();
            var fails = failure;
            Mono<Note> result = fails == null ? Mono.just(answer) : Mono.error(fails);
            return release.then(result);
        });
    }

    int calls() {
        return calls.get();
    }
}
