package dev.orrery.llm.guard;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate;
import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes no more calls to a provider than it can take: the limit falls when first tokens come later
 * than they used to or the provider says that it is too much, and grows again while it is used and
 * they come in time (Netflix's Gradient2). What stays slow for some hundred calls becomes the
 * measure. Nothing waits: a call that finds no place is not made.
 *
 * <p>Gauges, by provider: {@code orrery.llm.in.flight}, {@code orrery.llm.in.flight.limit}. Each
 * process learns by itself.
 */
public final class Places implements CallGate {

    /** First tokens of long prompts take longer; only what is beyond that is a sign of load. */
    private static final double TOLERANCE = 2.0;

    private final Map<String, ProviderPlaces> providers = new ConcurrentHashMap<>();
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
        return providers.computeIfAbsent(call.step().provider(), this::measured).admit();
    }

    private ProviderPlaces measured(String provider) {
        var limit =
                Gradient2Limit.newBuilder()
                        .initialLimit(settings.initial())
                        .minLimit(settings.least())
                        .maxConcurrency(settings.most())
                        .rttTolerance(TOLERANCE)
                        .build();
        var places = new ProviderPlaces(limit, ticker);
        Gauge.builder("orrery.llm.in.flight", places, ProviderPlaces::taken)
                .description("calls to the provider")
                .tag("provider", provider)
                .register(meters);
        Gauge.builder("orrery.llm.in.flight.limit", limit, Gradient2Limit::getLimit)
                .description("calls to the provider that may be in flight")
                .tag("provider", provider)
                .register(meters);
        return places;
    }
}
