package dev.orrery.llm.chain;

import dev.orrery.llm.model.Models;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.backoff.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * Runs chains: asks one model after the other until one has answered. What comes next is {@link
 * Course}'s decision, what a stream is worth {@link CallStream}'s; in a {@link Walk} they meet
 * calls and clocks, and in a {@link Hedge} each other.
 *
 * <p>Thread safety: any number of chains at once, on any thread; never blocks. Cancelling a chain
 * breaks its calls off.
 */
public final class FallbackChain implements Chain {

    private static final Backoff BETWEEN_TRIES =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

    /**
     * What holds for all chains.
     *
     * @param maxReplyChars the longest answer that is taken, in UTF-16 units
     * @param literal whether steps are asked that are known to be in vain, as they stand in a chain
     */
    public record Settings(int maxReplyChars, boolean literal) {}

    private final CallGate gate;
    private final Attempts attempts;
    private final Hedging hedging;
    private final boolean literal;
    private final Clock clock;

    /**
     * @param gate may refuse a call; the next step is asked then
     * @param listeners hear of every call, in this order
     * @param hedging hears of every call too
     */
    public FallbackChain(
            Models models,
            CallGate gate,
            Prices prices,
            List<CallListener> listeners,
            Hedging hedging,
            Settings settings,
            Ticker ticker,
            Clock clock) {
        this.gate = gate;
        var all = new ArrayList<>(listeners);
        all.add(hedging);
        this.attempts =
                new Attempts(models, prices, new Audience(all), settings.maxReplyChars(), ticker);
        this.hedging = hedging;
        this.literal = settings.literal();
        this.clock = clock;
    }

    /** A chain that makes one call at a time. */
    public FallbackChain(
            Models models,
            CallGate gate,
            Prices prices,
            List<CallListener> listeners,
            int maxReplyChars,
            Ticker ticker,
            Clock clock) {
        this(
                models,
                gate,
                prices,
                listeners,
                Hedging.NEVER,
                new Settings(maxReplyChars, false),
                ticker,
                clock);
    }

    /** A chain whose calls are measured, and neither guarded nor priced. */
    public FallbackChain(
            Models models, int maxReplyChars, Ticker ticker, Clock clock, MeterRegistry meters) {
        this(
                models,
                CallGate.ALWAYS_OPEN,
                Prices.UNKNOWN,
                List.of(new CallMeters(meters)),
                maxReplyChars,
                ticker,
                clock);
    }

    @Override
    public Flux<ChainEvent> run(ChainRequest request) {
        return Flux.defer(() -> walk(request.placed(attempts.models())).begin());
    }

    private Walk walk(ChainRequest request) {
        var terms = ModelTerms.of(attempts.models(), request);
        var course =
                new Course(
                        request.steps(),
                        terms,
                        BETWEEN_TRIES::delay,
                        request.firstNumber(),
                        request.conduct().refusals(),
                        literal);
        return new Walk(request, course, terms, gate, attempts, hedging, clock);
    }
}
