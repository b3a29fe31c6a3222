package dev.orrery.llm.gateway;

import dev.orrery.llm.gateway.audit.AuditEntry;
import dev.orrery.llm.gateway.problems.Problem;
import dev.orrery.llm.gateway.problems.ProblemCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what a call of the gateway failed with into a problem document (RFC 9457). What fails
 * elsewhere in this process is left to the framework. Called on any thread; never blocks.
 */
@Order(-2) // before the framework's own handler, which knows nothing of our codes
final class ProblemWriter implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

    private final JsonMapper json = JsonMapper.builder().build();

    ProblemWriter() {
        // Jackson builds its writers once, under a lock that an event loop must not wait for.
        json.writeValueAsBytes(new LinkedHashMap<>(Map.of("status", 500, "code", "internal")));
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var entry = AuditEntry.find(exchange);
        if (entry == null
                || exchange.getResponse().isCommitted()
                || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return Mono.error(failure); // none of ours, too late to say anything, or nobody there
        }
        var problem = failure instanceof Problem known ? known : defect(entry, failure);
        return write(exchange.getResponse(), problem, entry.requestId());
    }

    private static Problem defect(AuditEntry entry, Throwable failure) {
        log.error("A call met a defect: request_id={}", entry.requestId(), failure);
        return new Problem(ProblemCode.INTERNAL, "see the request id");
    }

    private Mono<Void> write(ServerHttpResponse response, Problem problem, String requestId) {
        var code = problem.code();
        var headers = response.getHeaders();
        response.setStatusCode(code.status());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (code == ProblemCode.INVALID_TOKEN) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        if (code == ProblemCode.METHOD_NOT_ALLOWED) {
            headers.set(HttpHeaders.ALLOW, HttpMethod.POST.name());
        }
        if (problem.members().get(Problem.RETRY_AFTER) instanceof Long seconds) {
            headers.set(HttpHeaders.RETRY_AFTER, seconds.toString());
        }
        var body = json.writeValueAsBytes(document(problem, requestId));
        headers.setContentLength(body.length);
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
        document.putAll(problem.members());
        return document;
    }
}
