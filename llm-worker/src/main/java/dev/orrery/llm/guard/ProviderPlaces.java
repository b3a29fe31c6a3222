package dev.orrery.llm.guard;

import com.netflix.concurrency.limits.Limit;
import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate.Admission;
import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.chain.CallListener;
import dev.orrery.llm.chain.CallReport;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.TimedOut;
import dev.orrery.llm.time.Ticker;
import java.util.concurrent.atomic.AtomicInteger;

/** The places of one provider. Thread safety: any number of calls at once. */
final class ProviderPlaces {

    private final Limit limit;
    private final Ticker ticker;
    private final AtomicInteger taken = new AtomicInteger();

    ProviderPlaces(Limit limit, Ticker ticker) {
        this.limit = limit;
        this.ticker = ticker;
    }

    Admission admit() {
        int most = limit.getLimit();
        int before = taken.getAndUpdate(now -> now < most ? now + 1 : now);
        return before < most
                ? new Admission.Granted(new Place(ticker.now(), before + 1))
                : new Admission.Refused(Reason.OVERLOADED);
    }

    int taken() {
        return taken.get();
    }

    /** How many there are at present. */
    int most() {
        return limit.getLimit();
    }

    /** One call's, until it has ended. */
    private final class Place implements CallListener {

        private final long began;
        private final int inFlight;

        Place(long began, int inFlight) {
            this.began = began;
            this.inFlight = inFlight;
        }

        @Override
        public void firstText(Call call) {
            limit.onSample(began, Math.max(1, ticker.now() - began), inFlight, false);
        }

        /**
         * A call that was too much counts as one whose first token came at the very last moment,
         * and the limit as used up, however many were in flight: there is no room for more.
         */
        @Override
        public void ended(CallReport report) {
            taken.decrementAndGet();
            if (report.timing().firstTokenMillis() == null && wasTooMuch(report)) {
                long latest = report.call().step().limits().firstToken().toNanos();
                limit.onSample(began, latest, Math.max(inFlight, limit.getLimit()), true);
            }
        }
    }

    /** Who gave it less time than is usual has seen nothing of its load. */
    private static boolean wasTooMuch(CallReport report) {
        return switch (report.failure()) {
            case ModelFailure.RateLimited ignored -> true;
            case ModelFailure.Overloaded ignored -> true;
            case TimedOut late ->
                    !report.wasCutShort()
                            && (late.limit() == TimedOut.Limit.CONNECT
                                    || late.limit() == TimedOut.Limit.FIRST_TOKEN);
            case null, default -> false;
        };
    }
}
