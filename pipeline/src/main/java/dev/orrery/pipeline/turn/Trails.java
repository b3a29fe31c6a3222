package dev.orrery.pipeline.turn;

import dev.orrery.events.AttemptTrace;
import dev.orrery.events.ToolCallTrace;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was done for a turn, as events say it. A row of an older version may lack what is newer. */
final class Trails {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Trails() {}

    static List<AttemptTrace> attempts(TurnRow.Trail trail) {
        return each(trail.attempts(), Trails::attempt);
    }

    static List<ToolCallTrace> toolCalls(TurnRow.Trail trail) {
        return each(trail.toolCalls(), Trails::toolCall);
    }

    private static <T> List<T> each(String array, Function<JsonNode, T> read) {
        return StreamSupport.stream(JSON.readTree(array).spliterator(), false).map(read).toList();
    }

    private static AttemptTrace attempt(JsonNode attempt) {
        return AttemptTrace.newBuilder()
                .setNumber(attempt.path("number").asInt())
                .setProvider(attempt.path("provider").asString())
                .setModel(attempt.path("model").asString())
                .setRegion(text(attempt, "region"))
                .setResult(attempt.path("result").asString())
                .setFirstTokenMillis(number(attempt, "firstTokenMillis"))
                .setTookMillis(attempt.path("tookMillis").asLong())
                .setCostUsdMicros(number(attempt, "costUsdMicros"))
                .build();
    }

    private static ToolCallTrace toolCall(JsonNode call) {
        return ToolCallTrace.newBuilder()
                .setRound(call.path("round").asInt())
                .setId(call.path("id").asString())
                .setName(call.path("name").asString())
                .setArguments(call.path("arguments").asString())
                .setResult(text(call, "result"))
                .setOutcome(call.path("outcome").asString())
                .setTookMillis(call.path("tookMillis").asLong())
                .build();
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.path(name).asString() : null;
    }

    private static @Nullable Long number(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.path(name).asLong() : null;
    }
}
