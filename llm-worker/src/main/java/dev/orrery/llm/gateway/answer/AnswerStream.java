package dev.orrery.llm.gateway.answer;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.gateway.audit.AuditEntry;
import dev.orrery.llm.gateway.problems.ProblemCode;
import dev.orrery.llm.gateway.request.Generation;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.http.ProblemType;
import dev.orrery.turns.FailureCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the events of one chain as a stream of completion chunks.
 *
 * <p>Valid streams: any number of pieces, a finish, the usage, {@code [DONE]}; or any number of
 * pieces and an error; or, before the first piece, a {@link Problem}, which becomes a status. A
 * stream that starts over says so with a restart between two pieces. None ends without one of these
 * ends: whoever sees a bare end has lost the connection.
 *
 * <p>Used by one signal at a time, though on changing threads.
 */
public final class AnswerStream {

    private static final Logger log = LoggerFactory.getLogger(AnswerStream.class);
    private static final String DONE = "[DONE]";

    private final Generation generation;
    private final AuditEntry entry;
    private final JsonMapper json;
    private final StringBuilder answer = new StringBuilder();
    private final WholeCharacters characters = new WholeCharacters();
    private final ToolCalls toolCalls = new ToolCalls();
    private volatile boolean shown;

    /** Names the model that is answering. */
    private CompletionChunk.Head head;

    /** Whether the next piece is the first one of an answer. */
    private boolean opens = true;

    /**
     * @param created seconds since 1970
     */
    public AnswerStream(Generation generation, AuditEntry entry, long created, JsonMapper json) {
        this.generation = generation;
        this.entry = entry;
        this.json = json;
        this.head =
                new CompletionChunk.Head(
                        "chatcmpl-" + entry.requestId(),
                        created,
                        generation.question().primary().model());
    }

    /**
     * A slow reader is not to look like a slow model: what it has not read yet waits here, at most
     * the answers that a chain may give in its time.
     */
    public Flux<ServerSentEvent<String>> of(Flux<ChainEvent> chain) {
        return chain.onBackpressureBuffer()
                .concatMapIterable(this::told)
                .onErrorResume(this::isDefect, this::defect)
                .map(AnswerStream::event);
    }

    private List<String> told(ChainEvent event) {
        return switch (event) {
            case ChainEvent.CallBegan call -> began(call);
            case ChainEvent.Text text -> text(text.text());
            case ChainEvent.ToolFragment piece -> List.of(tool(piece.fragment()));
            case ChainEvent.Answered answered -> end(answered);
            case ChainEvent.Failed failed -> List.of(failed(failed));
        };
    }

    private List<String> began(ChainEvent.CallBegan call) {
        head = head.by(call.step().model());
        return call.startsOver() ? List.of(restarted(call.number())) : List.of();
    }

    private String restarted(int attempt) {
        answer.setLength(0);
        characters.forget();
        toolCalls.forget();
        opens = true;
        return json.writeValueAsString(head.restarted(attempt));
    }

    private List<String> text(String piece) {
        answer.append(piece);
        var whole = characters.of(piece);
        return whole.isEmpty() ? List.of() : List.of(text(role(), whole));
    }

    private String tool(ModelChunk.ToolFragment fragment) {
        shown = true;
        return json.writeValueAsString(head.tool(role(), toolCalls.add(fragment)));
    }

    private @Nullable String role() {
        var role = opens ? "assistant" : null;
        opens = false;
        return role;
    }

    private String text(@Nullable String role, String whole) {
        shown = true;
        return json.writeValueAsString(head.text(role, whole));
    }

    private List<String> end(ChainEvent.Answered end) {
        var answered =
                Outcome.Answered.of(
                        generation.question(), end, answer.toString(), toolCalls.joined());
        entry.answered(
                answered.provider(),
                answered.model(),
                answered.usage().inputTokens(),
                answered.usage().outputTokens(),
                answered.calls());
        return List.of(
                json.writeValueAsString(head.finish(wireReason(answered))),
                json.writeValueAsString(head.usage(answered)),
                DONE);
    }

    private static String wireReason(Outcome.Answered answered) {
        return answered.finishReason().equals("tool") ? "tool_calls" : answered.finishReason();
    }

    private String failed(ChainEvent.Failed failed) {
        var code = code(failed.code());
        entry.failed(code.code(), failed.calls());
        if (!shown) {
            throw new Problem(
                    code,
                    failed.calls().size() + " attempts (expected: one that answers)",
                    Map.of("attempts", Attempt.of(failed.calls())));
        }
        return json.writeValueAsString(StreamError.of(code, entry.requestId()));
    }

    /** What was shown cannot be taken back, unless the caller is ready for that. */
    private ProblemType code(FailureCode failure) {
        boolean stands = shown && !generation.restartable();
        return stands && failure == FailureCode.ALL_PROVIDERS_FAILED
                ? ProblemCode.ANSWER_BROKEN_OFF
                : ProblemCode.of(failure);
    }

    private String error(ProblemType code) {
        entry.refused(code.code());
        return json.writeValueAsString(StreamError.of(code, entry.requestId()));
    }

    private boolean isDefect(Throwable failure) {
        return shown;
    }

    private Flux<String> defect(Throwable failure) {
        log.error("A stream met a defect: request_id={}", entry.requestId(), failure);
        return Flux.just(error(CommonProblem.INTERNAL));
    }

    /** With a blank behind the colon, as OpenAI writes it: many readers look for {@code data: }. */
    private static ServerSentEvent<String> event(String data) {
        return ServerSentEvent.builder(" " + data).build();
    }
}
