package dev.orrery.enrichment.factsapi;

import dev.orrery.pipeline.gateway.tokens.TokenProblem;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.http.ProblemDocuments;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Stands around the facts that are asked for: what a question failed with becomes a problem
 * document, and every question is timed, {@value #METER} by {@code outcome} ({@code answered}, the
 * code of a problem, {@code client_gone}). Other paths pass it by. Called on any thread; never
 * blocks.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FactsApiWatch implements WebFilter {

    private static final Logger log = LoggerFactory.getLogger(FactsApiWatch.class);

    private static final String METER = "orrery.facts.api";
    private static final String ANSWERED = "answered";
    private static final String CLIENT_GONE = "client_gone";

    private final PathPattern path;
    private final MeterRegistry meters;
    private final ProblemDocuments documents;

    /**
     * @param path in the form of routes: read as they read it
     */
    FactsApiWatch(String path, MeterRegistry meters, ProblemDocuments documents) {
        this.path = PathPatternParser.defaultInstance.parse(path);
        this.meters = meters;
        this.documents = documents;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!path.matches(exchange.getRequest().getPath().pathWithinApplication())) {
            return chain.filter(exchange);
        }
        long began = System.nanoTime();
        return chain.filter(exchange)
                .thenReturn(ANSWERED)
                .onErrorResume(failure -> refused(exchange, failure))
                .doOnSuccess(outcome -> record(outcome, began))
                .doOnError(gone -> record(CLIENT_GONE, began))
                .doOnCancel(() -> record(CLIENT_GONE, began))
                .then();
    }

    private Mono<String> refused(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()
                || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return Mono.error(failure); // nobody is there to be told
        }
        var id = exchange.getRequest().getId();
        var problem = failure instanceof Problem known ? known : defect(id, failure);
        addOwn(exchange.getResponse().getHeaders(), problem);
        return documents
                .write(exchange.getResponse(), problem, id)
                .thenReturn(problem.type().code());
    }

    private static Problem defect(String id, Throwable failure) {
        log.error("A question for a fact met a defect: request_id={}", id, failure);
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

    private void record(String outcome, long began) {
        meters.timer(METER, "outcome", outcome).record(Duration.ofNanos(System.nanoTime() - began));
    }
}
