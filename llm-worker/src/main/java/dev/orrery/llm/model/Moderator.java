package dev.orrery.llm.model;

import java.time.Duration;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * A provider whose models judge texts. They are asked as chat models are, by the same keys and over
 * the same connections, and providers bill nothing for it.
 *
 * <p>Thread safety: may be asked on any thread, event loops included; it never blocks.
 */
public interface Moderator {

    /**
     * What a model finds in a text: the provider's own names of categories, none for nothing. Cold:
     * every subscription is a call of its own. Fails with a {@link ModelFailure} and with nothing
     * else. Only the limit for the connection is kept here. Cancelling closes the connection.
     *
     * @param model the provider's own name of it
     */
    Mono<Set<String>> judge(String model, String text, Duration connectLimit);
}
