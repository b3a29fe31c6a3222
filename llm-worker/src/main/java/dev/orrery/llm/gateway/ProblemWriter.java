package dev.orrery.llm.gateway;

import dev.orrery.llm.gateway.audit.AuditEntry;
import dev.orrery.pipeline.gateway.tokens.TokenProblem;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.http.ProblemDocuments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what a call of the gateway failed with into a problem document. What fails elsewhere in
 * this process is left to the framework. Called on any thread; never blocks.
 */
@Order(-2) // before the framework's own handler, which knows nothing of our codes
final class ProblemWriter implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

    private final ProblemDocuments documents = new ProblemDocuments(JsonMapper.builder().build());

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var entry = AuditEntry.find(exchange);
        if (entry == null
                || exchange.getResponse().isCommitted()
                || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return Mono.error(failure); // none of ours, too late to say anything, or nobody there
        }
        var problem = failure instanceof Problem known ? known : defect(entry, failure);
        addOwn(exchange.getResponse().getHeaders(), problem);
        return documents.write(exchange.getResponse(), problem, entry.requestId());
    }

    private static Problem defect(AuditEntry entry, Throwable failure) {
        log.error("A call met a defect: request_id={}", entry.requestId(), failure);
        return new Problem(CommonProblem.INTERNAL, "see the request id");
    }

    private static void addOwn(HttpHeaders headers, Problem problem) {
        if (problem.type() == TokenProblem.INVALID_TOKEN) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        if (problem.type() == CommonProblem.METHOD_NOT_ALLOWED) {
            headers.set(HttpHeaders.ALLOW, HttpMethod.POST.name());
        }
    }
}
