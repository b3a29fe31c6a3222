package dev.orrery.enrichment.factsapi;

import dev.orrery.enrichment.facts.Facts;
import dev.orrery.events.Fact;
import dev.orrery.pipeline.gateway.tokens.Caller;
import dev.orrery.pipeline.gateway.tokens.HashedBody;
import dev.orrery.pipeline.gateway.tokens.ServiceTokens;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.JsonBodies;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.profiles.Profiles;
import dev.orrery.pipeline.stage.StageFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * {@code POST /v1/facts/{kind}} on one screen: who asks, what about whom, and the fact or its
 * absence. Whatever is wrong with the question comes out as a {@link Problem}; that a fact cannot
 * be had is an answer. Called on event loops; never blocks.
 */
final class FactsEndpoint {

    static final int MOST_BYTES = 16 * 1024;

    private static final int MOST_NESTING = 8;
    private static final Long WAIT_SECONDS = 1L;

    private final ServiceTokens tokens;
    private final Profiles profiles;
    private final Facts facts;
    private final Duration patience;
    private final Clock clock;
    private final JsonBodies bodies =
            new JsonBodies(
                    MOST_BYTES, MOST_NESTING, FactsProblem.INVALID_REQUEST, Schedulers.parallel());

    FactsEndpoint(FactsApiSettings settings, Profiles profiles, Facts facts, Clock clock) {
        this.tokens = new ServiceTokens(settings.tokens(), clock);
        this.profiles = profiles;
        this.facts = facts;
        this.patience = settings.patience();
        this.clock = clock;
    }

    Mono<ServerResponse> answer(ServerRequest request) {
        return Mono.defer(() -> {
            var caller = tokens.caller(request.headers().asHttpHeaders());
            requirePost(request);
            var kind = knownKind(request);
            return bodies.read(new HashedBody(request.exchange().getRequest(), caller))
                    .map(body -> AskedFact.of(kind, body))
                    .doOnNext(asked -> requireOwnUser(caller, asked))
                    .doOnNext(this::requireSource)
                    .flatMap(this::found)
                    .flatMap(FactsEndpoint::told);
        });
    }

    Mono<ServerResponse> unknown(ServerRequest request) {
        return Mono.error(
                new Problem(CommonProblem.NOT_FOUND, "unknown path (expected: /v1/facts/{kind})"));
    }

    private static void requirePost(ServerRequest request) {
        if (request.method() != HttpMethod.POST) {
            throw new Problem(
                    CommonProblem.METHOD_NOT_ALLOWED,
                    request.method().name() + " (expected: POST)");
        }
    }

    private String knownKind(ServerRequest request) {
        var kind = request.pathVariable("kind");
        if (!facts.know(kind)) {
            throw new Problem(
                    CommonProblem.NOT_FOUND,
                    "unknown kind (expected: one of " + String.join(", ", facts.kinds()) + ")");
        }
        return kind;
    }

    /** A token that names a user is for that user alone. */
    private static void requireOwnUser(Caller caller, AskedFact asked) {
        var user = caller.user();
        if (user != null && !user.equals(asked.user())) {
            throw new Problem(
                    FactsProblem.NOT_THIS_USER, "user_id: another (expected: the token's sub)");
        }
    }

    private void requireSource(AskedFact asked) {
        if (!facts.know(asked.kind())) {
            throw new Problem(
                    FactsProblem.INVALID_REQUEST,
                    "profile: second (expected: first, nobody knows this of a second one)");
        }
    }

    private Mono<Fact> found(AskedFact asked) {
        var asOf = clock.instant();
        return profiles.of(asked.user(), asked.profileVersion())
                .onErrorMap(StageFailure.Transient.class, away -> unavailable())
                .elapsed()
                .flatMap(read ->
                        facts.ask(
                                asked.kind(),
                                asked.format(),
                                read.getT2(),
                                asked.arguments(),
                                asOf,
                                patience.minusMillis(read.getT1())));
    }

    private static Problem unavailable() {
        return new Problem(
                FactsProblem.UNAVAILABLE,
                "profiles cannot be read for the moment",
                Map.of(Problem.RETRY_AFTER, WAIT_SECONDS));
    }

    private static Mono<ServerResponse> told(Fact fact) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .bodyValue(FactJson.of(fact).toString());
    }
}
