package dev.orrery.llm.chain;

import java.util.Locale;

/**
 * Says at the moment of a call whether it may be made. Thread-safe; answers at once, from memory.
 */
@FunctionalInterface
public interface CallGate {

    /** Lets every call pass. */
    CallGate ALWAYS_OPEN = (call, lastResort) -> new Admission.Granted(report -> {});

    /**
     * @param lastResort no step of the chain could be asked, so this one is asked though its target
     *     is believed to be down: a call that may fail is better than none
     */
    Admission admit(Call call, boolean lastResort);

    /** The gate's answer. */
    sealed interface Admission {

        /**
         * The call may be made.
         *
         * @param listener hears of this call and of no other; of its end in any case, of its
         *     beginning only when it was made
         */
        record Granted(CallListener listener) implements Admission {}

        /** It is not to be made. */
        record Refused(Reason reason) implements Admission {}
    }

    /** Why a call is not to be made. */
    enum Reason {
        /** Its target has failed too often, or has asked for a pause. */
        SKIPPED_OPEN,
        /** As many calls of the provider are in flight as it can take. */
        OVERLOADED,
        /** What may be spent today is spent. */
        SKIPPED_SPENT;

        /** As it stands in traces. */
        String result() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
