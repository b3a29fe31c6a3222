package dev.orrery.ingest.problems;

import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.http.ProblemDocuments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns every failure into a problem document. Called on any thread; never blocks. */
@Component
@Order(-2) // before the framework's own handler, which knows nothing of our codes
public final class ProblemWriter implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

    private final ProblemDocuments documents;

    ProblemWriter(JsonMapper json) {
        this.documents = new ProblemDocuments(json);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            // A reply stream that broke: the server closes the connection, the client resumes.
            return Mono.error(failure);
        }
        var problem = Problems.of(failure);
        report(exchange, problem, failure);
        if (failure instanceof ErrorResponse framework) {
            response.getHeaders().putAll(framework.getHeaders()); // Allow, Accept
        }
        if (problem.type() == ProblemCode.UNAUTHORISED) {
            response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return documents.write(response, problem, RequestId.of(exchange));
    }

    private static void report(ServerWebExchange exchange, Problem problem, Throwable failure) {
        if (problem.type() == CommonProblem.INTERNAL) {
            log.error("A request met a defect: request_id={}", RequestId.of(exchange), failure);
        } else if (problem.type() == ProblemCode.SERVICE_UNAVAILABLE) {
            log.warn(
                    "A request met an outage: request_id={} cause={}",
                    RequestId.of(exchange),
                    failure.toString());
        }
    }
}
