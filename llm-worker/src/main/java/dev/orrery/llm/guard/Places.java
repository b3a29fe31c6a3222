package dev.orrery.llm.guard;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Makes no more calls to a provider than it can take: the limit falls when first tokens come later
 * than they used to or the provider says that it is too much, and grows again while it is used and
 * they come in time (Netflix's Gradient2). What stays slow for some hundred calls becomes the
 * measure. Nothing waits: a call that finds no place is not made.
 *
 * <p>Gauges, by provider: {@code orrery.llm.in.flight}, {@code orrery.llm.in.flight.limit}; servers
 * that requests name have places of their own, and share a provider's {@code @named} there. Each
 * process learns by itself, and forgets servers that nobody has asked for a day.
 */
public final class Places implements CallGate {

    /** First tokens of long prompts take longer; only what is beyond that is a sign of load. */
    private static final double TOLERANCE = 2.0;

    /** Longer than any call: its place is not to be forgotten before it has ended. */
    private static final Duration IDLE = Duration.ofDays(1);

    private static final String OTHER = "other";

    private final Guards<String, String, ProviderPlaces> providers;
    private final ConcurrencySettings settings;
    private final Ticker ticker;
    private final MeterRegistry meters;

    public Places(ConcurrencySettings settings, Ticker ticker, MeterRegistry meters) {
        this.settings = settings;
        this.ticker = ticker;
        this.meters = meters;
        this.providers =
                new Guards<>(
                        IDLE,
                        AtEndpoint::tag,
                        provider -> places(),
                        new Shown<>(this::gauges, label -> OTHER, meters),
                        ticker);
    }

    @Override
    public Admission admit(Call call, boolean lastResort) {
        return providers.of(call.step().provider()).admit();
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

    private List<Gauge> gauges(String provider, Collection<ProviderPlaces> places) {
        return List.of(
                Gauge.builder(
                                "orrery.llm.in.flight",
                                places,
                                all -> sum(all, ProviderPlaces::taken))
                        .description("calls to the provider")
                        .tag("provider", provider)
                        .register(meters),
                Gauge.builder(
                                "orrery.llm.in.flight.limit",
                                places,
                                all -> sum(all, ProviderPlaces::most))
                        .description("calls to the provider that may be in flight")
                        .tag("provider", provider)
                        .register(meters));
    }

    private static int sum(
            Collection<ProviderPlaces> places, ToIntFunction<ProviderPlaces> figure) {
        return places.stream().mapToInt(figure).sum();
    }
}
