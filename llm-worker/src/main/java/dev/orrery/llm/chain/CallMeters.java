package dev.orrery.llm.chain;

import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.prices.Cost;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures calls: {@code orrery.llm.calls} by result, {@code orrery.llm.fallbacks} of them, {@code
 * orrery.llm.call.duration} and {@code orrery.llm.first.token} with histograms, {@code
 * orrery.llm.tokens} as the providers state them, {@code orrery.llm.cost} in US dollars, {@code
 * orrery.llm.cost.unpriced} of calls whose price is not known; and chains, see {@link ChainMeters}.
 *
 * <p>Tags stay few, whatever services ask for: servers that requests name are one ({@link
 * AtEndpoint#tag}), and beyond 1,000 models further ones are {@value #OTHER}.
 */
public final class CallMeters implements CallListener {

    private static final double MICROS = 1e6;
    private static final int MOST_MODELS = 1_000;
    private static final String OTHER = "other";

    /** Buckets of OpenTelemetry's conventions for generative AI: 10 ms doubling to 81.92 s. */
    private static final Duration[] BUCKETS =
            IntStream.range(0, 14)
                    .mapToObj(power -> Duration.ofMillis(10L << power))
                    .toArray(Duration[]::new);

    private final Set<Tags> known = ConcurrentHashMap.newKeySet();
    private final MeterRegistry meters;
    private final ChainMeters chains;

    public CallMeters(MeterRegistry meters) {
        this.meters = meters;
        this.chains = new ChainMeters(meters);
    }

    @Override
    public void chainEnded(Step primary, List<CallTrace> calls) {
        chains.ended(primary, calls);
    }

    @Override
    public void ended(CallReport report) {
        var tags = tags(report.call().step());
        var result = tags.and("result", report.result());
        meters.counter("orrery.llm.calls", result).increment();
        if (report.call().isFallback()) {
            meters.counter("orrery.llm.fallbacks", result).increment();
        }
        timer("orrery.llm.call.duration", tags)
                .record(Duration.ofMillis(report.timing().tookMillis()));
        var firstToken = report.timing().firstTokenMillis();
        if (firstToken != null) {
            timer("orrery.llm.first.token", tags).record(Duration.ofMillis(firstToken));
        }
        var usage = report.usage();
        if (usage != null) {
            count(tags.and("kind", "input"), usage.inputTokens());
            count(tags.and("kind", "output"), usage.outputTokens());
        }
        spent(tags, report.cost());
    }

    private Tags tags(Step step) {
        var provider = AtEndpoint.tag(step.provider());
        var tags = tags(provider, step.model());
        if (known.contains(tags)) {
            return tags;
        }
        if (known.size() >= MOST_MODELS) {
            return tags(provider, OTHER);
        }
        known.add(tags);
        return tags;
    }

    private static Tags tags(String provider, String model) {
        return Tags.of("provider", provider, "model", model);
    }

    private void spent(Tags tags, @Nullable Cost cost) {
        if (cost == null) {
            meters.counter("orrery.llm.cost.unpriced", tags).increment();
        } else {
            meters.counter("orrery.llm.cost", tags).increment(cost.micros() / MICROS);
        }
    }

    private Timer timer(String name, Tags tags) {
        return Timer.builder(name).tags(tags).serviceLevelObjectives(BUCKETS).register(meters);
    }

    private void count(Tags tags, long tokens) {
        meters.counter("orrery.llm.tokens", tags).increment(tokens);
    }
}
