package dev.orrery.llm.prices;

import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The prices of the database, read when it starts and again every minute. While the database is
 * away the last known ones hold; before the first reading none is known.
 *
 * <p>Thread safety: may be asked on any thread.
 */
public final class PriceBook implements Prices {

    private static final Logger log = LoggerFactory.getLogger(PriceBook.class);
    private static final Duration BETWEEN_READINGS = Duration.ofMinutes(1);
    private static final int MOST_WARNINGS = 1_000;

    private final PriceRows rows;
    private final Clock clock;
    private final Ticker ticker;
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private volatile PriceList prices = PriceList.EMPTY;
    private @Nullable Disposable reading;

    public PriceBook(PriceRows rows, Clock clock, Ticker ticker) {
        this.rows = rows;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public Optional<Price> of(String provider, String model) {
        var price = prices.find(provider, model, clock.instant());
        if (price.isEmpty()) {
            warnOnce(AtEndpoint.tag(provider) + "/" + model);
        }
        return price;
    }

    private void warnOnce(String model) {
        if (unknown.size() < MOST_WARNINGS && unknown.add(model)) {
            log.warn(
                    "A model has no price, so its calls count only towards limits: model={}",
                    model);
        }
    }

    /** Reads the prices, and from then on again and again. Blocks until the first reading ends. */
    public synchronized void start() {
        if (reading == null) {
            read().block();
            reading =
                    Flux.interval(BETWEEN_READINGS, ticker.scheduler())
                            .onBackpressureDrop()
                            .concatMap(tick -> read(), 1)
                            .subscribe();
        }
    }

    /** Reads no more; what was read last goes on to hold. */
    public synchronized void stop() {
        if (reading != null) {
            reading.dispose();
            reading = null;
        }
    }

    /** Completes however the reading ends. */
    private Mono<Void> read() {
        return rows.all()
                .doOnNext(all -> prices = all)
                .doOnError(failure ->
                        log.warn(
                                "Prices were not read, the last ones hold: {}", failure.toString()))
                .onErrorComplete()
                .then();
    }
}
