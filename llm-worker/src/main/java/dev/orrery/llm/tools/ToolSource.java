package dev.orrery.llm.tools;

import reactor.core.publisher.Mono;

/**
 * Carries out calls for tools. It only reads, so a call may be made again.
 *
 * <p>May be called on any thread; must not block. Cancelling breaks a call off.
 */
public interface ToolSource {

    /**
     * Gives the result as text, not blank; fails with {@link ToolFailure} for the model's ears, and
     * with anything else when it is our mistake.
     */
    Mono<String> carryOut(Errand errand);
}
