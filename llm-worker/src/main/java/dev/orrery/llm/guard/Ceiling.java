package dev.orrery.llm.guard;

import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate;
import dev.orrery.llm.chain.CallReport;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.model.TokenEstimate;
import dev.orrery.llm.prices.Prices;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops calls that cost money once what may be spent on a UTC day is spent, by everybody or by one
 * spender. Calls in flight end, and count; so the limit is passed by what they cost. A model that
 * is known to be free may always be asked, one whose price is not known may not: it counts at the
 * price that is set for such models, or its callers would never come near their limit. At servers
 * that requests name nothing is ours to pay.
 *
 * <p>Gauge {@code orrery.llm.cost.today} in US dollars, counter {@code orrery.llm.cost.stopped} of
 * calls that were not made; an error is logged once a day and spender.
 */
public final class Ceiling implements CallGate {

    private static final Logger log = LoggerFactory.getLogger(Ceiling.class);
    private static final double MICROS = 1e6;

    private final CostSettings settings;
    private final Spending spending;
    private final Prices prices;
    private final MeterRegistry meters;
    private final Map<String, LocalDate> alarmed = new ConcurrentHashMap<>();

    public Ceiling(CostSettings settings, Spending spending, Prices prices, MeterRegistry meters) {
        this.settings = settings;
        this.spending = spending;
        this.prices = prices;
        this.meters = meters;
        Gauge.builder(
                        "orrery.llm.cost.today",
                        spending,
                        all -> all.spent(Spending.EVERYBODY) / MICROS)
                .description("US dollars spent on models since midnight UTC, by all workers")
                .register(meters);
    }

    @Override
    public Admission admit(Call call, boolean lastResort) {
        var spendthrift = spendthrift(call.spender());
        if (spendthrift == null || prices.isFree(call.step().provider(), call.step().model())) {
            return new Admission.Granted(this::count);
        }
        stopped(spendthrift);
        return new Admission.Refused(Reason.SKIPPED_SPENT);
    }

    /** Who has spent all they may, or null. */
    private @Nullable String spendthrift(@Nullable String spender) {
        if (spending.spent(Spending.EVERYBODY) >= settings.limitMicros()) {
            return Spending.EVERYBODY;
        }
        return spender != null && spending.spent(spender) >= settings.limitMicros(spender)
                ? spender
                : null;
    }

    private void count(CallReport report) {
        var spender = report.call().spender();
        var cost = report.cost();
        if (cost != null) {
            spending.add(spender, cost.micros());
        } else if (settings.isLimited(spender) && isOurs(report.call())) {
            spending.add(spender, supposed(report));
        }
    }

    private static boolean isOurs(Call call) {
        return AtEndpoint.endpoint(call.step().provider()) == null;
    }

    /** In millionths of a US dollar. */
    private long supposed(CallReport report) {
        var stated = report.usage();
        var usage =
                stated == null
                        ? TokenEstimate.usage(report.call().conversation(), report.shownBytes())
                        : stated;
        return settings.unpriced().of(usage, stated == null).micros();
    }

    private void stopped(String spendthrift) {
        boolean all = spendthrift.equals(Spending.EVERYBODY);
        meters.counter("orrery.llm.cost.stopped", "limit", all ? "global" : "spender").increment();
        var today = spending.date();
        if (!today.equals(alarmed.put(spendthrift, today))) {
            log.atError()
                    .addKeyValue("spender", all ? "all" : spendthrift)
                    .addKeyValue("spentMicros", spending.spent(spendthrift))
                    .log(
                            "The daily cost limit is reached, paid calls are stopped until midnight UTC");
        }
    }
}
