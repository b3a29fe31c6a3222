package dev.orrery.llm.tools;

import dev.orrery.events.TurnRef;
import dev.orrery.llm.chain.Origin;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.tool.ToolHandler;
import dev.orrery.pipeline.turn.StorableText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of one turn: says whether a call can be carried out, and has it carried out. Whatever
 * becomes of a call, it has a result that the model can be told.
 *
 * <p>Thread safety: may be used on any thread; never blocks.
 */
final class Toolbox {

    /** In UTF-16 units. */
    static final int MAX_ARGUMENTS = 4 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Toolbox.class);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final Dialogue dialogue;
    private final Origin origin;
    private final TurnRef turn;
    private final Map<String, OfferedTool> tools = new HashMap<>();

    /**
     * @param origin of the turn
     */
    Toolbox(Dialogue dialogue, Origin origin, List<OfferedTool> offered) {
        this.dialogue = dialogue;
        this.origin = origin;
        this.turn = Objects.requireNonNull(origin.turn(), "BUG: tools of no turn");
        offered.forEach(tool -> tools.put(tool.name(), tool));
    }

    /**
     * @param mayStill whether the turn may make another call
     * @param left until the turn's deadline
     */
    WantedCall wanted(
            int round, String id, JoinedCalls.Wanted said, boolean mayStill, Duration left) {
        var arguments = beginning(said.arguments());
        try {
            var errand = errand(said, mayStill, left);
            return new WantedCall(
                    round, id, said.name(), arguments, said.signature(), errand, null);
        } catch (ToolFailure refusal) {
            return new WantedCall(
                    round, id, said.name(), arguments, said.signature(), null, refusal);
        }
    }

    /** Of arguments that nobody takes: what is told of them is to be bounded too. */
    private static String beginning(String arguments) {
        return arguments.length() <= MAX_ARGUMENTS
                ? arguments
                : StorableText.of(arguments.substring(0, MAX_ARGUMENTS));
    }

    private Errand errand(JoinedCalls.Wanted said, boolean mayStill, Duration left) {
        var arguments = arguments(said.arguments());
        var tool = tools.get(said.name());
        if (tool == null) {
            throw new ToolFailure(
                    ToolFailure.Reason.UNKNOWN_TOOL,
                    "no such tool (expected: " + String.join(", ", known()) + ")");
        }
        tool.arguments()
                .faultOf(arguments)
                .ifPresent(fault -> {
                    throw new ToolFailure(ToolFailure.Reason.BAD_ARGUMENTS, fault.toString());
                });
        if (!mayStill) {
            throw new ToolFailure(
                    ToolFailure.Reason.TOO_MANY_CALLS,
                    "no further call in this turn (expected: at most %d); answer with what you know"
                            .formatted(Dialogue.MOST_CALLS));
        }
        if (!left.isPositive()) {
            throw late();
        }
        var limit = tool.limit().compareTo(left) < 0 ? tool.limit() : left;
        return new Errand(tool.name(), tool.handler(), arguments, limit, turn);
    }

    private List<String> known() {
        return tools.keySet().stream().sorted().toList();
    }

    private static ObjectNode arguments(String text) {
        if (text.isBlank()) {
            return JSON.createObjectNode();
        }
        if (text.length() > MAX_ARGUMENTS) {
            throw new ToolFailure(
                    ToolFailure.Reason.BAD_ARGUMENTS,
                    "%d characters (expected: at most %d)".formatted(text.length(), MAX_ARGUMENTS));
        }
        try {
            if (JSON.readTree(text) instanceof ObjectNode arguments) {
                return arguments;
            }
        } catch (JacksonException unreadable) {
            // told below
        }
        throw new ToolFailure(
                ToolFailure.Reason.BAD_ARGUMENTS, "unreadable (expected: one JSON object)");
    }

    /** Never fails, and is done within the errand's limit. Cancelling breaks the call off. */
    Mono<CalledTool> carriedOut(WantedCall call) {
        return Mono.defer(() -> {
            long began = dialogue.ticker().now();
            return result(call)
                    .map(result -> answered(call, result, began))
                    .onErrorResume(failure -> Mono.just(failed(call, failure, began)))
                    .doOnNext(ended -> tell(call.handler(), ended));
        });
    }

    private Mono<String> result(WantedCall call) {
        var errand = call.errand();
        if (errand == null) {
            return Mono.error(Objects.requireNonNull(call.refusal(), "BUG: no errand, no refusal"));
        }
        return Mono.defer(() -> dialogue.source().carryOut(errand))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("BUG: no result")))
                .timeout(errand.limit(), Mono.error(Toolbox::late), dialogue.ticker().scheduler());
    }

    private CalledTool answered(WantedCall call, String result, long began) {
        return call.isForApp()
                ? call.ended(result, CalledTool.HANDED_TO_APP, tookMillis(began))
                : call.ended(
                        ToolResult.of(call.name(), result, turn.getTurnId(), call.id()),
                        CalledTool.ANSWERED,
                        tookMillis(began));
    }

    private CalledTool failed(WantedCall call, Throwable failure, long began) {
        var told = failure instanceof ToolFailure known ? known : unexpected(call, failure);
        return call.ended(ToolResult.of(told), told.reason().code(), tookMillis(began));
    }

    private ToolFailure unexpected(WantedCall call, Throwable failure) {
        log.atWarn()
                .addKeyValue("turn", turn.getTurnId())
                .addKeyValue("call", call.id())
                .setCause(failure)
                .log("A tool failed");
        return new ToolFailure(ToolFailure.Reason.FAILED, "the tool failed");
    }

    private static ToolFailure late() {
        return new ToolFailure(ToolFailure.Reason.TIMED_OUT, "no result in time");
    }

    private void tell(@Nullable ToolHandler handler, CalledTool ended) {
        dialogue.listeners().forEach(listener -> listener.ended(origin, handler, ended));
    }

    private long tookMillis(long began) {
        return TimeUnit.NANOSECONDS.toMillis(dialogue.ticker().now() - began);
    }
}
