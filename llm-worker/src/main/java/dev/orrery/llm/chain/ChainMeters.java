package dev.orrery.llm.chain;

import dev.orrery.llm.model.AtEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;

/**
 * Measures chains, each once: {@code orrery.llm.chains} by the provider that was to be asked first,
 * and by how far the chain had to go for its answer. Those that were cancelled are not in it.
 *
 * <p>Tags stay few, whatever services ask for: providers that this process does not ask at all are
 * {@value #OTHER}, and so is the first one of a chain that came too late to ask anybody.
 */
final class ChainMeters {

    private static final String OTHER = "other";
    private static final Set<String> NEVER_ASKED =
            Set.of(
                    CallTrace.PROVIDER_UNAVAILABLE,
                    CallTrace.ENDPOINT_REFUSED,
                    CallTrace.REGION_NOT_ALLOWED);

    /** Where the answer came from. */
    private enum Answer {
        /** The first attempt. */
        FIRST("first"),
        /** A further one of the same target. */
        RETRY("retry"),
        /** Another target. */
        FALLBACK("fallback"),
        /** There was none. */
        NONE("none");

        private final String tag;

        Answer(String tag) {
            this.tag = tag;
        }
    }

    private final MeterRegistry meters;

    ChainMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * @param calls what became of its steps, by number
     */
    void ended(Step primary, List<CallTrace> calls) {
        meters.counter(
                        "orrery.llm.chains",
                        "provider",
                        provider(primary, calls),
                        "answer",
                        answer(primary, calls).tag)
                .increment();
    }

    private static String provider(Step primary, List<CallTrace> calls) {
        boolean isAsked = !calls.isEmpty() && !NEVER_ASKED.contains(calls.getFirst().result());
        return isAsked ? AtEndpoint.tag(primary.provider()) : OTHER;
    }

    private static Answer answer(Step primary, List<CallTrace> calls) {
        boolean first = true;
        for (var call : calls) {
            if (call.result().equals(CallTrace.ANSWERED)) {
                boolean elsewhere = !call.target().equals(primary.target());
                return elsewhere ? Answer.FALLBACK : first ? Answer.FIRST : Answer.RETRY;
            }
            first &= call.result().equals(CallTrace.TOOLS_DROPPED); // which is no attempt
        }
        return Answer.NONE;
    }
}
