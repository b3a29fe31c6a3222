package dev.orrery.llm.gateway;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.gateway.answer.AnswerJson;
import dev.orrery.llm.gateway.answer.AnswerStream;
import dev.orrery.llm.gateway.answer.Attempt;
import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.answer.Replay;
import dev.orrery.llm.gateway.answer.WholeAnswer;
import dev.orrery.llm.gateway.audit.AuditEntry;
import dev.orrery.llm.gateway.problems.ProblemCode;
import dev.orrery.llm.gateway.repeats.Claim;
import dev.orrery.llm.gateway.repeats.Repeats;
import dev.orrery.llm.gateway.reuse.Answers;
import dev.orrery.pipeline.http.Problem;
import java.time.Clock;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers what is understood and allowed: whole, or piece by piece. */
final class Generations {

    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENTS =
            new ParameterizedTypeReference<>() {};

    private final ChainRuns runs;
    private final Answers answers;
    private final Repeats repeats;
    private final Clock clock;
    private final JsonMapper json = AnswerJson.mapper();

    Generations(ChainRuns runs, Answers answers, Repeats repeats, Clock clock) {
        this.runs = runs;
        this.answers = answers;
        this.repeats = repeats;
        this.clock = clock;
    }

    Mono<ServerResponse> answer(ReceivedCall call) {
        return repeats.claim(call.named(), call.question().patience())
                .flatMap(claim ->
                        call.generation().stream() ? streamed(call, claim) : whole(call, claim));
    }

    /**
     * A client that goes away takes its subscription with it, and the chain breaks its call off.
     */
    private Mono<ServerResponse> streamed(ReceivedCall call, Claim claim) {
        var created = clock.instant().getEpochSecond();
        var stream = new AnswerStream(call.generation(), call.entry(), created, json);
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no") // proxies are to pass every event on at once
                .body(stream.of(events(call, claim)), EVENTS);
    }

    private Flux<ChainEvent> events(ReceivedCall call, Claim claim) {
        return switch (claim) {
            case Claim.Known known -> {
                call.entry().reused(Repeats.KNOWN);
                yield Flux.fromIterable(
                        Replay.of(known.answer(), call.question(), clock.instant()));
            }
            case Claim.Fresh fresh -> fresh.keeping(call.question(), shared(call, fresh));
        };
    }

    /** The chain of this call, or what comes of another one that asks the same. */
    private Flux<ChainEvent> shared(ReceivedCall call, Claim.Fresh fresh) {
        var chain = runs.of(call.generation(), fresh.waited(), call.client(), call.trace());
        return answers.to(call.asked(), chain, call.entry()::reused);
    }

    private Mono<ServerResponse> whole(ReceivedCall call, Claim claim) {
        return outcome(call, claim)
                .flatMap(outcome ->
                        switch (outcome) {
                            case Outcome.Answered answered -> told(answered, call.entry());
                            case Outcome.Failed failed -> Mono.error(problem(failed, call.entry()));
                        });
    }

    private Mono<Outcome> outcome(ReceivedCall call, Claim claim) {
        return switch (claim) {
            case Claim.Known known -> {
                call.entry().reused(Repeats.KNOWN);
                yield Mono.just(known.answer());
            }
            case Claim.Fresh fresh ->
                    fresh.keeping(Outcome.of(call.question(), shared(call, fresh)));
        };
    }

    private Mono<ServerResponse> told(Outcome.Answered answered, AuditEntry entry) {
        entry.answered(
                answered.provider(),
                answered.model(),
                answered.usage().inputTokens(),
                answered.usage().outputTokens(),
                answered.calls());
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .bodyValue(json.writeValueAsBytes(WholeAnswer.of(entry.requestId(), answered)));
    }

    private static Problem problem(Outcome.Failed failed, AuditEntry entry) {
        var code = ProblemCode.of(failed.code());
        entry.failed(code.code(), failed.calls());
        return new Problem(
                code,
                failed.calls().size() + " attempts (expected: one that answers)",
                Map.of("attempts", Attempt.of(failed.calls())));
    }
}
