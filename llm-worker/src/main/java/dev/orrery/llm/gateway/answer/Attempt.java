package dev.orrery.llm.gateway.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.model.AtEndpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one step or one try of it, as a service is told.
 *
 * @param result {@code ok}, or the code of the failure, or why the step was skipped
 * @param millis duration of the call; 0 for a skipped step
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
        String provider,
        String model,
        @Nullable String region,
        String result,
        @JsonProperty("first_token_ms") @Nullable Long firstTokenMillis,
        @JsonProperty("ms") long millis) {

    private static final String OK = "ok";

    public static List<Attempt> of(List<CallTrace> calls) {
        return calls.stream().map(Attempt::of).toList();
    }

    private static Attempt of(CallTrace call) {
        return new Attempt(
                AtEndpoint.provider(call.provider()),
                call.model(),
                call.region(),
                call.result().equals(CallTrace.ANSWERED) ? OK : call.result(),
                call.firstTokenMillis(),
                call.tookMillis());
    }
}
