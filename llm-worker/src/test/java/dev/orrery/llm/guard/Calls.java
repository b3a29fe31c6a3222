package dev.orrery.llm.guard;

import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate;
import dev.orrery.llm.chain.CallGate.Admission.Granted;
import dev.orrery.llm.chain.CallGate.Admission.Refused;
import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.chain.CallListener;
import dev.orrery.llm.chain.CallReport;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.chain.Timing;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.prices.Cost;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that a test takes through a gate by hand. */
final class Calls {

    static final Duration FIRST_TOKEN = Duration.ofSeconds(10);

    private static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(2),
                    FIRST_TOKEN,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(40));

    private static final Conversation CONVERSATION =
            new Conversation("Be brief.", List.of(), null, null, null, 100);

    private final CallGate gate;

    Calls(CallGate gate) {
        this.gate = gate;
    }

    static Call of(String provider, String model, @Nullable String spender) {
        return new Call(
                "turn-1", 1, new Step(provider, model, null, 0, LIMITS), CONVERSATION, spender);
    }

    /** Of a caller who sets its own limits. */
    static Call of(Limits limits) {
        return new Call(
                "turn-1", 1, new Step("openai", "gpt", null, 0, limits), CONVERSATION, null);
    }

    static Call of(String provider) {
        return of(provider, "gpt", null);
    }

    /** One that began and has not ended; the test fails when the gate refuses it. */
    Open begin(Call call) {
        return begin(call, false);
    }

    Open begin(Call call, boolean lastResort) {
        return switch (gate.admit(call, lastResort)) {
            case Granted granted -> new Open(call, granted.listener());
            case Refused refused -> throw new AssertionError("refused: " + refused.reason());
        };
    }

    /** Why a call is refused; null when it may be made, and is cancelled at once. */
    @Nullable Reason refusal(Call call) {
        return switch (gate.admit(call, false)) {
            case Granted granted -> {
                new Open(call, granted.listener()).cancel();
                yield null;
            }
            case Refused refused -> refused.reason();
        };
    }

    /** Makes so many calls that all fail. */
    void fail(int times, Call call, ModelFailure failure) {
        for (int i = 0; i < times; i++) {
            begin(call).fail(failure);
        }
    }

    /** Makes so many calls that are all answered. */
    void answer(int times, Call call) {
        for (int i = 0; i < times; i++) {
            begin(call).answer();
        }
    }

    /** A call on its way. */
    static final class Open {

        private final Call call;
        private final CallListener listener;

        private Open(Call call, CallListener listener) {
            this.call = call;
            this.listener = listener;
            listener.began(call);
        }

        Open showText() {
            listener.firstText(call);
            return this;
        }

        void answer() {
            end(CallTrace.ANSWERED, null, Cost.NONE);
        }

        void answer(@Nullable Cost cost) {
            end(CallTrace.ANSWERED, null, cost);
        }

        void answer(ModelChunk.Usage usage, @Nullable Cost cost) {
            end(CallTrace.ANSWERED, null, usage, cost);
        }

        void fail(ModelFailure failure) {
            end(failure.code(), failure, Cost.NONE);
        }

        /** Fails after it has cost something. */
        void breakOff(Cost cost) {
            var failure = new ModelFailure.TruncatedStream("cut", null);
            end(failure.code(), failure, cost);
        }

        void cancel() {
            end(CallReport.CANCELLED, null, Cost.NONE);
        }

        private void end(String result, @Nullable ModelFailure failure, @Nullable Cost cost) {
            end(result, failure, null, cost);
        }

        private void end(
                String result,
                @Nullable ModelFailure failure,
                ModelChunk.@Nullable Usage usage,
                @Nullable Cost cost) {
            listener.ended(
                    new CallReport(
                            call,
                            result,
                            failure,
                            new Timing(null, 20),
                            null,
                            0,
                            usage,
                            null,
                            cost));
        }
    }
}
