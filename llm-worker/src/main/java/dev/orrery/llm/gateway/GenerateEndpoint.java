package dev.orrery.llm.gateway;

import static java.util.Objects.requireNonNull;

import dev.orrery.llm.gateway.audit.AuditEntry;
import dev.orrery.llm.gateway.limits.RateLimits;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.llm.gateway.request.Generation;
import dev.orrery.llm.gateway.request.RequestReader;
import dev.orrery.llm.gateway.tokens.Caller;
import dev.orrery.llm.gateway.tokens.ServiceTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/generate/} on one screen: who calls, how often that is, what is asked, on whose
 * behalf, and the answer. Whatever is wrong comes out as a {@link Problem}.
 */
final class GenerateEndpoint {

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
            var answer = request.exchange().getResponse().getHeaders();
            return rates.admitService(caller.service(), answer)
                    .then(reader.read(request.exchange().getRequest()))
                    .flatMap(generation -> {
                        var user = user(caller, generation);
                        note(generation, user, entry);
                        return (user == null
                                        ? Mono.<Void>empty()
                                        : rates.admitUser(caller.service(), user, answer))
                                .then(
                                        Mono.defer(() ->
                                                generations.answer(
                                                        generation, caller, user, entry)));
                    });
        });
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

    /** A token that names a user is for that user alone. */
    private static @Nullable String user(Caller caller, Generation generation) {
        var user = caller.user();
        return user == null ? generation.user() : user;
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
