package dev.orrery.enrichment.facts;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.orrery.enrichment.cache.FactCache;
import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.cache.Found;
import dev.orrery.enrichment.cache.Key;
import dev.orrery.enrichment.source.Document;
import dev.orrery.enrichment.source.Format;
import dev.orrery.enrichment.source.Question;
import dev.orrery.enrichment.source.Source;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.pipeline.stage.Reasons;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One kind of data: its source with the cache before it, and the four steps of its answers in one
 * place. Nothing that goes wrong here fails a turn.
 */
final class FactsOfKind<Q extends Question, D extends Document, E> {

    private static final Logger log = LoggerFactory.getLogger(FactsOfKind.class);

    /** A broken connection or a hiccup of the service is worth a second try. */
    private static final Retry ONCE_MORE =
            Retry.backoff(1, Duration.ofMillis(100))
                    .filter(failure -> failure instanceof SourceFailure known && known.mayPass())
                    .onRetryExhaustedThrow((spec, last) -> last.failure());

    private final Source<Q, D, E> source;
    private final FactCache<D> cache;

    private FactsOfKind(Source<Q, D, E> source, FactCache<D> cache) {
        this.source = source;
        this.cache = cache;
    }

    static <Q extends Question, D extends Document, E> FactsOfKind<Q, D, E> of(
            Source<Q, D, E> source, FactCaches caches) {
        return new FactsOfKind<>(source, caches.of(source.documentType(), source.limits()));
    }

    /** Never fails, and takes no longer than the source's patience and the caches' limits. */
    Mono<Gathered> gather(Profile profile, Instant asOf, Set<Format> formats) {
        return found(() -> source.question(profile), asOf, formats);
    }

    /** As {@link #gather}; fails with a {@link Problem} when these are no arguments. */
    Mono<Gathered> ask(Profile profile, Fields arguments, Instant asOf, Set<Format> formats) {
        return found(() -> source.question(profile, arguments), asOf, formats);
    }

    private Mono<Gathered> found(Callable<Q> asking, Instant asOf, Set<Format> formats) {
        return Mono.fromCallable(asking)
                .flatMap(question -> cache.find(key(question), document(question)))
                .<Gathered>map(found -> present(found, asOf, formats))
                .onErrorResume(
                        failure -> !(failure instanceof Problem),
                        failure -> Mono.just(new Gathered.Absent(worded(failure).code())));
    }

    /** Under what the answer about this person is kept; empty when nothing of them is asked. */
    Optional<Key> personalKey(Profile profile) {
        try {
            return Optional.of(source.question(profile))
                    .filter(Question::isPersonal)
                    .map(this::key);
        } catch (RuntimeException neverAsked) {
            worded(neverAsked); // a defect is logged there
            return Optional.empty();
        }
    }

    private Key key(Q question) {
        return Key.of(source.kind(), source.version(), question);
    }

    private Mono<D> document(Q question) {
        return Mono.defer(() -> source.fetch(question))
                .retryWhen(ONCE_MORE)
                .map(source::validate)
                .map(answer -> source.normalise(answer, question))
                .onErrorMap(this::worded); // so that a defect is remembered like any failure
    }

    private Gathered present(Found<D> found, Instant asOf, Set<Format> formats) {
        var enriched = source.enrich(found.document(), asOf);
        var texts =
                formats.stream()
                        .collect(toMap(identity(), format -> source.format(enriched, format)));
        return new Gathered.Present(found.layer(), found.fresh(), found.fetchedAt(), texts);
    }

    private SourceFailure worded(Throwable failure) {
        if (failure instanceof SourceFailure known) {
            return known;
        }
        log.error(
                "Unforeseen failure of a source: kind={} reason={}",
                source.kind(),
                Reasons.of(failure));
        return new SourceFailure.Defective(Reasons.of(failure));
    }
}
