package dev.orrery.llm;

import dev.orrery.llm.guard.SharedSpending;
import dev.orrery.llm.prices.PriceBook;
import org.springframework.context.SmartLifecycle;

/**
 * Knows prices and spending before the first call, and until the last one has ended. Called on
 * Spring's own thread, which may block.
 */
final class CostsLifecycle implements SmartLifecycle {

    /** Below the runs' phase (2,500), see the pipeline's phases. */
    private static final int PHASE = 2_400;

    private final PriceBook prices;
    private final SharedSpending spending;
    private volatile boolean running;

    CostsLifecycle(PriceBook prices, SharedSpending spending) {
        this.prices = prices;
        this.spending = spending;
    }

    @Override
    public void start() {
        prices.start();
        spending.start();
        running = true;
    }

    @Override
    public void stop() {
        spending.stop();
        prices.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
