package dev.orrery.enrichment.erasure;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.cache.Key;
import dev.orrery.enrichment.facts.Facts;
import dev.orrery.pipeline.profiles.PostgresProfiles;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Forgets what was learned from profiles that their users took back: the profile itself, and the
 * answers to the questions that tell of the person, in this process, in Redis and in PostgreSQL.
 *
 * <p>Every replica does it, because each has a memory of its own, and does it again every few
 * seconds, because a turn that was in flight may have put an answer back. After the time that any
 * entry may live, nothing can be left, and the last copy of the profile is deleted. Doing it twice,
 * or in several replicas at once, changes nothing.
 *
 * <p>A crash leaves the rows where they are; whoever starts next goes on.
 */
public final class Eraser implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Eraser.class);

    private static final Duration EVERY = Duration.ofSeconds(5);

    /** Profiles that are forgotten with one command of each layer. */
    private static final int BATCH = 500;

    /** Longer than a turn may be in flight with a profile that it read before. */
    private static final Duration IN_FLIGHT = Duration.ofMinutes(5);

    private final Erasures erasures;
    private final PostgresProfiles profiles;
    private final Facts facts;
    private final FactCaches caches;
    private volatile @Nullable Disposable loop;

    /**
     * @param lifetime of an entry in the memory of a process and in Redis
     */
    public Eraser(
            DatabaseClient database,
            PostgresProfiles profiles,
            Facts facts,
            FactCaches caches,
            Duration lifetime) {
        this.erasures = new Erasures(database, lifetime.plus(IN_FLIGHT));
        this.profiles = profiles;
        this.facts = facts;
        this.caches = caches;
    }

    /** One round. Never fails: what goes wrong is logged, and done in the next round. */
    Mono<Void> round() {
        return erasures.standing()
                .buffer(BATCH)
                .concatMap(this::forget)
                .then()
                .onErrorResume(failure -> {
                    log.warn("Erased profiles wait to be forgotten: {}", failure.toString());
                    return Mono.empty();
                });
    }

    /** 1 the profiles, 2 the answers, 3 the rows, and these only when 2 has worked. */
    private Mono<Void> forget(List<ErasedProfile> erased) {
        profiles.forget(erased.stream().map(ErasedProfile::user).collect(toUnmodifiableSet()));
        var old = erased.stream().filter(ErasedProfile::old).toList();
        return caches.forget(keys(erased))
                .then(Mono.defer(() -> old.isEmpty() ? Mono.empty() : erasures.done(old)));
    }

    private List<Key> keys(List<ErasedProfile> erased) {
        return erased.stream()
                .flatMap(each -> facts.personalKeys(each.profile()).stream())
                .distinct()
                .toList();
    }

    @Override
    public synchronized void start() {
        if (loop == null) {
            loop =
                    Flux.interval(EVERY)
                            .onBackpressureDrop()
                            .concatMap(tick -> round(), 0)
                            .subscribe();
        }
    }

    @Override
    public synchronized void stop() {
        var running = loop;
        if (running != null) {
            running.dispose();
            loop = null;
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
