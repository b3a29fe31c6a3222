package dev.orrery.llm.provider;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one provider, by their places: who is next, and who rests. Keys take turns. One that
 * is out of its share rests for as long as the provider asks, or else for 1 s, 2 s, 4 s and so on
 * up to 60 s until it works again; one that is not accepted rests for 10 minutes.
 *
 * <p>Providers count by model, so a key rests for the model that it was asked for, and for all of
 * them only when the key itself is refused. Otherwise one bot's busy or forbidden model would take
 * the provider away from the others.
 *
 * <p>Thread safety: may be asked on any thread; holds its lock for a walk over the keys at most.
 */
final class KeyPool {

    static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    static final Duration LONGEST_REST = Duration.ofSeconds(60);
    static final Duration REST_OF_REFUSED = Duration.ofMinutes(10);

    /** A key that rests for more than so many models has the oldest of them forgotten. */
    private static final int MOST_MODELS = 64;

    private final Ticker ticker;
    private final List<Key> keys;
    private int next;

    /**
     * @param size how many keys there are, 1 or more
     */
    KeyPool(int size, Ticker ticker) {
        this.ticker = ticker;
        this.keys = IntStream.range(0, size).mapToObj(place -> new Key()).toList();
    }

    /** The next key that may be asked for a model, and has not been tried. */
    synchronized OptionalInt take(String model, BitSet tried) {
        long now = ticker.now();
        for (int i = 0; i < keys.size(); i++) {
            int place = (next + i) % keys.size();
            if (!tried.get(place) && keys.get(place).nanosLeft(model, now) == 0) {
                next = (place + 1) % keys.size();
                return OptionalInt.of(place);
            }
        }
        return OptionalInt.empty();
    }

    /** Until the first of the keys may be asked for a model again; 0 when one may be now. */
    synchronized Duration shortestWait(String model) {
        long now = ticker.now();
        return Duration.ofNanos(
                keys.stream().mapToLong(key -> key.nanosLeft(model, now)).min().orElse(0));
    }

    /** How many keys may not be asked for one model at least. */
    synchronized int resting() {
        long now = ticker.now();
        return (int) keys.stream().filter(key -> key.rests(now)).count();
    }

    /** A key has brought an answer: its next rest is a short one again. */
    synchronized void worked(int place, String model) {
        keys.get(place).worked(model, ticker.now());
    }

    /**
     * A call has failed.
     *
     * @return whether the key was to blame, so that another one may do better
     */
    synchronized boolean failed(int place, String model, ModelFailure failure) {
        var key = keys.get(place);
        long now = ticker.now();
        return switch (failure) {
            case ModelFailure.RateLimited limited -> key.rest(model, limited.retryAfter(), now);
            case ModelFailure.QuotaExhausted exhausted ->
                    key.rest(model, exhausted.retryAfter(), now);
            case ModelFailure.Unauthorised unauthorised ->
                    switch (unauthorised.refused()) {
                        case KEY -> key.restForAll(REST_OF_REFUSED, now);
                        case ACCESS -> key.rest(model, REST_OF_REFUSED, now);
                        case TARGET -> false;
                    };
            case ModelFailure.Overloaded _,
                    ModelFailure.ServerError _,
                    ModelFailure.TimedOut _,
                    ModelFailure.ConnectionFailed _,
                    ModelFailure.RejectedInput _,
                    ModelFailure.ContextTooLong _,
                    ModelFailure.ContentFiltered _,
                    ModelFailure.MalformedResponse _,
                    ModelFailure.EmptyResponse _,
                    ModelFailure.TruncatedStream _ ->
                    false;
        };
    }

    /**
     * @param until on the ticker's clock, in nanoseconds
     * @param strikes how many rests in a row
     */
    private record Rest(long until, int strikes) {

        long nanosLeft(long now) {
            return Math.max(0, until - now);
        }

        /** A refused call that had begun before this rest did says nothing new. */
        Rest again(@Nullable Duration asked, long now) {
            if (asked == null && nanosLeft(now) > 0) {
                return this;
            }
            var wait = asked == null ? doubled(strikes) : asked;
            long end = now + wait.toNanos();
            return new Rest(end - until > 0 ? end : until, strikes + 1);
        }

        static Rest first(@Nullable Duration asked, long now) {
            return new Rest(now, 0).again(asked, now);
        }

        private static Duration doubled(int strikes) {
            var wait = SHORTEST_REST.multipliedBy(1L << Math.min(strikes, 6));
            return wait.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wait;
        }
    }

    private static final class Key {

        private final Map<String, Rest> rests = new LinkedHashMap<>();
        private @Nullable Rest ofAll;

        long nanosLeft(String model, long now) {
            var rest = rests.get(model);
            return Math.max(
                    ofAll == null ? 0 : ofAll.nanosLeft(now),
                    rest == null ? 0 : rest.nanosLeft(now));
        }

        boolean rests(long now) {
            boolean forAll = ofAll != null && ofAll.nanosLeft(now) > 0;
            return forAll || rests.values().stream().anyMatch(rest -> rest.nanosLeft(now) > 0);
        }

        boolean rest(String model, @Nullable Duration asked, long now) {
            var before = rests.remove(model);
            rests.put(model, before == null ? Rest.first(asked, now) : before.again(asked, now));
            if (rests.size() > MOST_MODELS) {
                rests.remove(rests.keySet().iterator().next());
            }
            return true;
        }

        boolean restForAll(Duration length, long now) {
            ofAll = Rest.first(length, now);
            return true;
        }

        void worked(String model, long now) {
            var rest = rests.get(model);
            if (rest != null && rest.nanosLeft(now) == 0) {
                rests.remove(model);
            }
        }
    }
}
