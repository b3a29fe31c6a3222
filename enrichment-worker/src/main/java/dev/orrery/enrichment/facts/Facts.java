package dev.orrery.enrichment.facts;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.cache.Key;
import dev.orrery.enrichment.source.Format;
import dev.orrery.enrichment.source.Source;
import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.events.WantedFact;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.profiles.Profile;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gathers what a turn wants to know: every kind once, all at the same time, and each wanted fact in
 * its format and its place. Counter {@value #METER}, with the tags {@code kind}, {@code state},
 * {@code layer} and {@code absence}.
 */
public final class Facts {

    private static final String METER = "orrery.enrichment.facts";

    /** Absence code of a kind that no source of this version provides. */
    private static final String UNKNOWN_KIND = "unknown_kind";

    /** The tag of a fact that is there. */
    private static final String NO_ABSENCE = "none";

    /** What did not come within the patience of the turn. */
    private static final Mono<Gathered> TOO_LATE = Mono.just(new Gathered.Absent("timed_out"));

    private static final int MOST_AT_ONCE = 16;

    /** One kind of a turn: what was found, and how long that took. */
    private record Taken(String kind, Gathered gathered, long millis) {}

    private final Map<String, FactsOfKind<?, ?, ?>> kinds;
    private final MeterRegistry meters;

    private Facts(Map<String, FactsOfKind<?, ?, ?>> kinds, MeterRegistry meters) {
        this.kinds = Map.copyOf(kinds);
        this.meters = meters;
    }

    /**
     * @param sources at most one of each kind
     */
    public static Facts of(
            List<? extends Source<?, ?, ?>> sources, FactCaches caches, MeterRegistry meters) {
        var kinds = new HashMap<String, FactsOfKind<?, ?, ?>>();
        for (var source : sources) {
            if (kinds.put(source.kind(), FactsOfKind.of(source, caches)) != null) {
                throw new IllegalArgumentException(
                        "source: two of kind " + source.kind() + " (expected: one)");
            }
        }
        return new Facts(kinds, meters);
    }

    /**
     * One fact for each that is wanted, in this order. Never fails, and takes no longer than the
     * limit: what cannot be had by then is absent.
     *
     * @param asOf the turn's own time
     */
    public Mono<List<Fact>> gather(
            List<WantedFact> wanted, Profile profile, Instant asOf, Duration limit) {
        return Flux.fromIterable(formatsOfKinds(wanted).entrySet())
                .flatMap(
                        kind ->
                                taken(
                                        kind.getKey(),
                                        limit,
                                        gathered(
                                                kind.getKey(),
                                                known ->
                                                        known.gather(
                                                                profile, asOf, kind.getValue()))),
                        MOST_AT_ONCE)
                .collectMap(Taken::kind)
                .map(taken -> inOrder(wanted, taken));
    }

    /** Whether there is a source of this kind. */
    public boolean know(String kind) {
        return kinds.containsKey(kind);
    }

    /** All kinds that there are sources of, in order. */
    public List<String> kinds() {
        return kinds.keySet().stream().sorted().toList();
    }

    /**
     * One fact that somebody asks for, with more to say than the profile has: as {@link #gather},
     * over the same caches. Fails with a {@link dev.orrery.pipeline.http.Problem} when these are no
     * arguments for the kind, and with nothing else.
     *
     * @param format as a bot's metadata name it
     * @param arguments what is asked beyond the profile
     */
    public Mono<Fact> ask(
            String kind,
            String format,
            Profile profile,
            Fields arguments,
            Instant asOf,
            Duration limit) {
        var wanted = WantedFact.newBuilder().setKind(kind).setFormat(format).build();
        return taken(
                        kind,
                        limit,
                        gathered(
                                kind,
                                known ->
                                        known.ask(
                                                profile,
                                                arguments,
                                                asOf,
                                                Set.of(Format.of(format)))))
                .map(taken -> fact(wanted, taken));
    }

    /**
     * Under what everything is kept that was ever learned about this person, of whatever kind. What
     * others share, such as exchange rates, is not among it.
     */
    public List<Key> personalKeys(Profile profile) {
        return kinds.values().stream().flatMap(kind -> kind.personalKey(profile).stream()).toList();
    }

    /** A kind that is wanted twice is gathered once, so that a turn never sees two states of it. */
    private static Map<String, Set<Format>> formatsOfKinds(List<WantedFact> wanted) {
        return wanted.stream()
                .collect(
                        groupingBy(
                                WantedFact::getKind,
                                mapping(each -> Format.of(each.getFormat()), toSet())));
    }

    private Mono<Taken> taken(String kind, Duration limit, Mono<Gathered> search) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return search.timeout(limit, TOO_LATE)
                    .doOnNext(gathered -> count(kind, gathered))
                    .map(gathered -> new Taken(kind, gathered, millisSince(began)));
        });
    }

    private static long millisSince(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private Mono<Gathered> gathered(
            String kind, Function<FactsOfKind<?, ?, ?>, Mono<Gathered>> search) {
        var known = kinds.get(kind);
        return known == null ? Mono.just(new Gathered.Absent(UNKNOWN_KIND)) : search.apply(known);
    }

    private static List<Fact> inOrder(List<WantedFact> wanted, Map<String, Taken> taken) {
        return wanted.stream()
                .map(each -> fact(each, Objects.requireNonNull(taken.get(each.getKind()))))
                .toList();
    }

    private static Fact fact(WantedFact wanted, Taken taken) {
        var fact = Fact.newBuilder().setKind(wanted.getKind()).setTookMillis(taken.millis());
        return switch (taken.gathered()) {
            case Gathered.Present present ->
                    fact.setState(state(present))
                            .setLayer(present.layer())
                            .setText(present.texts().get(Format.of(wanted.getFormat())))
                            .setFetchedAt(present.fetchedAt())
                            .build();
            case Gathered.Absent absent ->
                    fact.setState(FactState.ABSENT)
                            .setLayer(CacheLayer.NONE)
                            .setAbsence(absent.code())
                            .build();
        };
    }

    private static FactState state(Gathered.Present present) {
        return present.fresh() ? FactState.FRESH : FactState.STALE;
    }

    private void count(String kind, Gathered gathered) {
        var tag = kinds.containsKey(kind) ? kind : "unknown"; // kinds come from outside
        switch (gathered) {
            case Gathered.Present present ->
                    count(tag, state(present), present.layer(), NO_ABSENCE);
            case Gathered.Absent absent ->
                    count(tag, FactState.ABSENT, CacheLayer.NONE, absent.code());
        }
    }

    private void count(String kind, FactState state, CacheLayer layer, String absence) {
        meters.counter(
                        METER,
                        "kind",
                        kind,
                        "state",
                        state.name().toLowerCase(Locale.ROOT),
                        "layer",
                        layer.name().toLowerCase(Locale.ROOT),
                        "absence",
                        absence)
                .increment();
    }
}
