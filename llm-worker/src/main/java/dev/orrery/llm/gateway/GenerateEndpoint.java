package dev.orrery.llm.gateway;

import static java.util.Objects.requireNonNull;

import dev.orrery.llm.gateway.audit.AuditEntry;
import dev.orrery.llm.gateway.limits.RateLimits;
import dev.orrery.llm.gateway.request.Generation;
import dev.orrery.llm.gateway.request.RequestReader;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.gateway.tokens.Caller;
import dev.orrery.pipeline.gateway.tokens.HashedBody;
import dev.orrery.pipeline.gateway.tokens.ServiceTokens;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/generate/} on one screen: who calls, how often that is, what is asked, on whose
 * behalf, and the answer. Whatever is wrong comes out as a {@link Problem}.
 */
final class GenerateEndpoint {

    private static final String TRACE_PARENT = "traceparent";

    private final ServiceTokens tokens;
    private final RateLimits rates;
    private final RequestReader reader;
    private final Generations generations;

    GenerateEndpoint(
            ServiceTokens tokens, RateLimits rates, RequestReader reader, Generations generations) {
        this.tokens = tokens;
        this.rates = rates;
        this.reader = reader;
        this.generations = generations;
    }

    Mono<ServerResponse> generate(ServerRequest request) {
        return Mono.defer(() -> {
            var entry = requireNonNull(AuditEntry.find(request.exchange()));
            var caller = identified(request, entry);
            if (request.method() != HttpMethod.POST) {
                throw new Problem(
                        CommonProblem.METHOD_NOT_ALLOWED,
                        request.method().name() + " (expected: POST)");
            }
            var headers = request.exchange().getResponse().getHeaders();
            var body = new HashedBody(request.exchange().getRequest(), caller);
            return rates.admitService(caller.service(), headers)
                    .then(reader.read(body))
                    .map(generation -> received(request, generation, caller, body.hash(), entry))
                    .flatMap(call ->
                            admitUser(call, headers)
                                    .then(Mono.defer(() -> generations.answer(call))));
        });
    }

    private Mono<Void> admitUser(ReceivedCall call, HttpHeaders answer) {
        var user = call.user();
        return user == null ? Mono.empty() : rates.admitUser(call.caller().service(), user, answer);
    }

    Mono<ServerResponse> unknown(ServerRequest request) {
        return Mono.error(
                new Problem(CommonProblem.NOT_FOUND, "unknown path (expected: /v1/generate/)"));
    }

    private Caller identified(ServerRequest request, AuditEntry entry) {
        var caller = tokens.caller(request.headers().asHttpHeaders());
        entry.caller(caller.service());
        return caller;
    }

    private static ReceivedCall received(
            ServerRequest request,
            Generation generation,
            Caller caller,
            String bodyHash,
            AuditEntry entry) {
        // A token that names a user is for that user alone.
        var user = caller.user() == null ? generation.user() : caller.user();
        note(generation, user, entry);
        return new ReceivedCall(generation, caller, user, bodyHash, trace(request), entry);
    }

    /** Two traces at once are none. */
    private static @Nullable TraceParent trace(ServerRequest request) {
        var given = request.headers().header(TRACE_PARENT);
        return given.size() == 1 ? TraceParent.parse(given.getFirst()).orElse(null) : null;
    }

    private static void note(Generation generation, @Nullable String user, AuditEntry entry) {
        var primary = generation.question().primary();
        entry.asked(
                generation.requestId(),
                user,
                primary.provider(),
                primary.model(),
                generation.stream());
    }
}
