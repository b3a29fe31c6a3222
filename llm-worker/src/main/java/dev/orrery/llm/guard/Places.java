package dev.orrery.llm.guard;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToIntFunction;

/**
 * Makes no more calls to a provider than it can take: the limit falls when first tokens come later
 * than they used to or the provider says that it is too much, and grows again while it is used and
 * they come in time (Netflix's Gradient2). What stays slow for some hundred calls becomes the
 * measure. Nothing waits: a call that finds no place is not made.
 *
 * <p>Gauges, by provider: {@code orrery.llm.in.flight}, {@code orrery.llm.in.flight.limit}; servers
 * that requests name have places of their own, and share a provider's {@code @named} there. Each
 * process learns by itself. Beyond 10,000 servers further ones are not guarded.
 */
public final class Places implements CallGate {

    /** First tokens of long prompts take longer; only what is beyond that is a sign of load. */
    private static final double TOLERANCE = 2.0;

    private static final int MOST_PROVIDERS = 10_000;

    private final Map<String, ProviderPlaces> providers = new ConcurrentHashMap<>();
    private final Map<String, Queue<ProviderPlaces>> shown = new ConcurrentHashMap<>();
    private final ConcurrencySettings settings;
    private final Ticker ticker;
    private final MeterRegistry meters;

    public Places(ConcurrencySettings settings, Ticker ticker, MeterRegistry meters) {
        this.settings = settings;
        this.ticker = ticker;
        this.meters = meters;
    }

    @Override
    public Admission admit(Call call, boolean lastResort) {
        return of(call.step().provider()).admit();
    }

    private ProviderPlaces of(String provider) {
        var known = providers.get(provider);
        if (known != null) {
            return known;
        }
        return providers.size() < MOST_PROVIDERS
                ? providers.computeIfAbsent(provider, this::measured)
                : places();
    }

    private ProviderPlaces measured(String provider) {
        var places = places();
        shown.computeIfAbsent(AtEndpoint.tag(provider), this::gauges).add(places);
        return places;
    }

    private ProviderPlaces places() {
        var limit =
                Gradient2Limit.newBuilder()
                        .initialLimit(settings.initial())
                        .minLimit(settings.least())
                        .maxConcurrency(settings.most())
                        .rttTolerance(TOLERANCE)
                        .build();
        return new ProviderPlaces(limit, ticker);
    }

    private Queue<ProviderPlaces> gauges(String provider) {
        var places = new ConcurrentLinkedQueue<ProviderPlaces>();
        Gauge.builder("orrery.llm.in.flight", places, all -> sum(all, ProviderPlaces::taken))
                .description("calls to the provider")
                .tag("provider", provider)
                .register(meters);
        Gauge.builder("orrery.llm.in.flight.limit", places, all -> sum(all, ProviderPlaces::most))
                .description("calls to the provider that may be in flight")
                .tag("provider", provider)
                .register(meters);
        return places;
    }

    private static int sum(Queue<ProviderPlaces> places, ToIntFunction<ProviderPlaces> figure) {
        return places.stream().mapToInt(figure).sum();
    }
}
