package dev.orrery.llm.http;

import dev.orrery.llm.model.ModelFailure;
import org.springframework.http.HttpHeaders;

/** Knows what a provider means by its error responses. Must not block; called on an event loop. */
@FunctionalInterface
public interface FailureReader {

    /**
     * The failure that a response in place of an answer means.
     *
     * @param status 200 to 599; a status of success means that the body is not of a type that an
     *     answer has
     * @param body its first bytes; empty when there was none or it was too large
     */
    ModelFailure read(int status, HttpHeaders headers, byte[] body);
}
