package dev.orrery.llm.chain;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orrery.llm.model.ModelFailure.TimedOut;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says how long a call may show nothing before another one is made beside it: as long as 95 of 100
 * calls of the same model took to their first token, of those that ended last.
 *
 * <p>A call that was given up before its first token, for its rival or for its limit, counts with
 * the time that was waited for it, which is the least that it would have taken. Without that the
 * slowest would never be seen, and the wait would fall with every hedge. A limit that is shorter
 * than usual does not count: it would tell of the caller. With it a model that has grown slow for
 * good is hedged less and less, and left to its breaker.
 *
 * <p>Thread safety: any number of calls at once. Each process learns by itself.
 */
public final class Hedging implements CallListener {

    /** Nobody waits for too long. */
    public static final Hedging NEVER =
            new Hedging(
                    new HedgeSettings(false, 1, 1, Duration.ofMillis(1), Duration.ofMillis(1), 1));

    private record Model(String provider, String model) {

        static Model of(Step step) {
            return new Model(step.provider(), step.model());
        }
    }

    private final HedgeSettings settings;
    private final Cache<Model, FirstTokens> models;

    public Hedging(HedgeSettings settings) {
        this.settings = settings;
        this.models =
                Caffeine.newBuilder()
                        .maximumSize(settings.models())
                        .executor(
                                Runnable::run) // upkeep is short, and no thread has to wait for it
                        .build();
    }

    /** Null when the call is to have no rival: too little is known, or its limit comes first. */
    @Nullable Duration patience(Step step) {
        var known = models.getIfPresent(Model.of(step));
        var usual = known == null ? null : known.percentile95(settings.leastSamples());
        if (!settings.enabled() || usual == null) {
            return null;
        }
        var wait = clamped(usual);
        return wait.compareTo(step.limits().firstToken()) < 0 ? wait : null;
    }

    private Duration clamped(Duration usual) {
        if (usual.compareTo(settings.shortest()) < 0) {
            return settings.shortest();
        }
        return usual.compareTo(settings.longest()) > 0 ? settings.longest() : usual;
    }

    @Override
    public void ended(CallReport report) {
        var timing = report.timing();
        var firstToken = timing.firstTokenMillis();
        if (firstToken != null) {
            learn(report.call().step(), firstToken);
        } else if (wasGivenUp(report)) {
            learn(report.call().step(), timing.tookMillis());
        }
    }

    private static boolean wasGivenUp(CallReport report) {
        return report.result().equals(CallTrace.LOST_TO_HEDGE)
                || (report.failure() instanceof TimedOut timedOut
                        && timedOut.limit() == TimedOut.Limit.FIRST_TOKEN
                        && !report.wasCutShort());
    }

    private void learn(Step step, long millis) {
        if (settings.enabled()) {
            models.get(Model.of(step), model -> new FirstTokens(settings.window())).add(millis);
        }
    }
}
