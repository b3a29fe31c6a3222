package dev.orrery.ingest.problems;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns every failure into a problem document (RFC 9457). Called on event loops; never blocks. */
@Component
@Order(-2) // before the framework's own handler, which knows nothing of our codes
public final class ProblemWriter implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);
    private static final int RETRY_AFTER_SECONDS = 2;

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(
                    failure); // a reply stream that broke: the server closes the connection, the
            // client resumes
        }
        var problem = Problems.of(failure);
        report(exchange, problem, failure);
        return write(exchange, response, problem, failure);
    }

    private Mono<Void> write(
            ServerWebExchange exchange,
            ServerHttpResponse response,
            Problem problem,
            Throwable failure) {
        var status = problem.code().status();
        response.setStatusCode(status);
        if (failure instanceof ErrorResponse framework) {
            response.getHeaders().putAll(framework.getHeaders()); // Allow, Accept
        }
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setCacheControl("no-store");
        switch (status) {
            case SERVICE_UNAVAILABLE ->
                    response.getHeaders()
                            .set(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
            case UNAUTHORIZED -> response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            default -> {} // the other statuses carry no header of their own
        }
        var body = json.writeValueAsBytes(document(problem, RequestId.of(exchange)));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static Map<String, Object> document(Problem problem, String requestId) {
        var code = problem.code();
        var document = new LinkedHashMap<String, Object>();
        document.put("type", "urn:orrery:problem:" + code.code());
        document.put("title", code.title());
        document.put("status", code.status().value());
        document.put("detail", problem.detail());
        document.put("code", code.code());
        document.put("request_id", requestId);
        if (code == ProblemCode.SERVICE_UNAVAILABLE) {
            document.put("retry_after_s", RETRY_AFTER_SECONDS);
        }
        document.putAll(problem.members());
        return document;
    }

    private static void report(ServerWebExchange exchange, Problem problem, Throwable failure) {
        if (problem.code() == ProblemCode.INTERNAL) {
            log.error("A request met a defect: request_id={}", RequestId.of(exchange), failure);
        } else if (problem.code() == ProblemCode.SERVICE_UNAVAILABLE) {
            log.warn(
                    "A request met an outage: request_id={} cause={}",
                    RequestId.of(exchange),
                    failure.toString());
        }
    }
}
