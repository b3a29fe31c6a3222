package dev.orrery.llm.gateway.request;

import dev.orrery.llm.chain.Limits;
import dev.orrery.pipeline.http.Fields;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The longest that a request may take, and what is in force where it asks for nothing shorter.
 *
 * @param connect of one call, until the request can be written
 * @param firstToken of one call, until its first visible text; not in force where a provider is
 *     asked for its answer as a whole, unless the request names one
 * @param stall of one call, from one piece of text to the next
 * @param total of one call
 * @param deadline of all calls together
 */
public record CallLimits(
        @DefaultValue("2s") Duration connect,
        @DefaultValue("15s") Duration firstToken,
        @DefaultValue("15s") Duration stall,
        @DefaultValue("60s") Duration total,
        @DefaultValue("120s") Duration deadline) {

    public CallLimits {
        new Limits(connect, firstToken, stall, total); // says what is wrong with them
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.gateway.limits.deadline: " + deadline + " (expected: above 0)");
        }
    }

    /**
     * What a request's {@code timeouts} shorten; a longer wish is cut down to ours.
     *
     * @param streamed whether first texts come before the whole
     */
    Limits shortenedBy(Fields timeouts, boolean streamed) {
        timeouts.allowing("connect_ms", "first_token_ms", "stall_ms", "total_ms");
        return new Limits(
                shorter(timeouts, "connect_ms", connect),
                shorter(timeouts, "first_token_ms", streamed ? firstToken : total),
                shorter(timeouts, "stall_ms", stall),
                shorter(timeouts, "total_ms", total));
    }

    Duration deadlineOf(Fields request) {
        return shorter(request, "deadline_ms", deadline);
    }

    private static Duration shorter(Fields fields, String name, Duration ours) {
        var wished = fields.optionalWholeNumber(name, 1, Integer.MAX_VALUE);
        return wished == null || wished > ours.toMillis() ? ours : Duration.ofMillis(wished);
    }
}
