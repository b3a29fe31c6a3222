package dev.orrery.llm.gateway;

import dev.orrery.llm.gateway.answer.AnswerJson;
import dev.orrery.llm.gateway.answer.AnswerStream;
import dev.orrery.llm.gateway.answer.Attempt;
import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.answer.WholeAnswer;
import dev.orrery.llm.gateway.audit.AuditEntry;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.llm.gateway.problems.ProblemCode;
import dev.orrery.llm.gateway.request.Generation;
import dev.orrery.llm.gateway.reuse.Answers;
import dev.orrery.llm.gateway.reuse.Asked;
import dev.orrery.llm.gateway.tokens.Caller;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers what is understood and allowed: whole, or piece by piece. */
final class Generations {

    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENTS =
            new ParameterizedTypeReference<>() {};

    private final ChainRuns runs;
    private final Answers answers;
    private final Clock clock;
    private final JsonMapper json = AnswerJson.mapper();

    Generations(ChainRuns runs, Answers answers, Clock clock) {
        this.runs = runs;
        this.answers = answers;
        this.clock = clock;
    }

    Mono<ServerResponse> answer(
            Generation generation, Caller caller, @Nullable String user, AuditEntry entry) {
        return generation.stream()
                ? streamed(generation, caller, entry)
                : whole(generation, caller, user, entry);
    }

    /**
     * A client that goes away takes its subscription with it, and the chain breaks its call off.
     */
    private Mono<ServerResponse> streamed(Generation generation, Caller caller, AuditEntry entry) {
        var stream = new AnswerStream(generation, entry, clock.instant().getEpochSecond(), json);
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no") // proxies are to pass every event on at once
                .body(stream.of(runs.of(generation.question(), caller.service())), EVENTS);
    }

    private Mono<ServerResponse> whole(
            Generation generation, Caller caller, @Nullable String user, AuditEntry entry) {
        var asked =
                new Asked(caller.service(), user, generation.requestId(), generation.question());
        return answers.to(asked, entry::reused)
                .flatMap(outcome ->
                        switch (outcome) {
                            case Outcome.Answered answered -> told(answered, entry);
                            case Outcome.Failed failed -> Mono.error(problem(failed, entry));
                        });
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
