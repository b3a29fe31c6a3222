package dev.orrery.llm.aisdk;

import dev.orrery.llm.http.FailureReader;
import dev.orrery.llm.http.PlainStatus;
import dev.orrery.llm.http.RetryAfter;
import dev.orrery.llm.model.ModelFailure;
import java.time.Clock;
import org.springframework.http.HttpHeaders;

/**
 * What an error of such a service means. The protocol leaves the body to each service, so the
 * status has to tell enough.
 *
 * @param clock reads dates in the service's wishes to be left alone
 */
record Failures(Clock clock) implements FailureReader {

    @Override
    public ModelFailure read(int status, HttpHeaders headers, byte[] body) {
        return PlainStatus.of(status, RetryAfter.of(headers, clock));
    }
}
