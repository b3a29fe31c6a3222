package dev.orrery.pipeline.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes problems as documents of RFC 9457. Headers that belong to one door alone are set before.
 * Called on any thread; never blocks.
 */
public final class ProblemDocuments {

    private final JsonMapper json;

    /**
     * @param json writes the members that problems have of their own
     */
    public ProblemDocuments(JsonMapper json) {
        this.json = json;
        // Jackson builds its writers once, under a lock that an event loop must not wait for.
        json.writeValueAsBytes(document(Problem.notFound(), "none"));
    }

    /** The whole response; only where nothing of it was sent before. */
    public Mono<Void> write(ServerHttpResponse response, Problem problem, String requestId) {
        var headers = response.getHeaders();
        response.setStatusCode(problem.type().status());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (problem.members().get(Problem.RETRY_AFTER) instanceof Long seconds) {
            headers.set(HttpHeaders.RETRY_AFTER, seconds.toString());
        }
        var body = json.writeValueAsBytes(document(problem, requestId));
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static Map<String, Object> document(Problem problem, String requestId) {
        var type = problem.type();
        var document = new LinkedHashMap<String, Object>();
        document.put("type", "urn:orrery:problem:" + type.code());
        document.put("title", type.title());
        document.put("status", type.status().value());
        document.put("detail", problem.detail());
        document.put("code", type.code());
        document.put("request_id", requestId);
        document.putAll(problem.members());
        return document;
    }
}
