package dev.orrery.pipeline.tool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of one call for a tool, as the row of its turn keeps it: the members of {@code
 * ToolCallTrace}, and where the call stands in the reply.
 *
 * @param round which time the model was asked, counted from 1 over the turn
 * @param id unique within the turn
 * @param arguments JSON text of an object, as the model wrote it; not every model writes it well
 * @param result what the model was told; null when it was not told
 * @param outcome {@link #ANSWERED}, {@link #HANDED_TO_APP}, or the stable code of the failure
 * @param places sequences of its events in the reply's final epoch, ascending, one for each of
 *     {@link #states()} from the first; fewer, or none, where the reply ended before they had left
 */
public record CalledTool(
        int round,
        String id,
        String name,
        String arguments,
        @Nullable String result,
        String outcome,
        long tookMillis,
        List<Integer> places) {

    /** The model has what it asked for. */
    public static final String ANSWERED = "answered";

    /** The app carries it out. */
    public static final String HANDED_TO_APP = "handed_to_app";

    private static final int MOST_CHARS_LATER = 1_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    public CalledTool {
        places = List.copyOf(places);
        if (places.size() > states(outcome).size()) {
            throw new IllegalArgumentException(
                    "places: %d (expected: at most %d, of a call that was %s)"
                            .formatted(places.size(), states(outcome).size(), outcome));
        }
    }

    /** A call that stands nowhere yet. */
    public CalledTool(
            int round,
            String id,
            String name,
            String arguments,
            @Nullable String result,
            String outcome,
            long tookMillis) {
        this(round, id, name, arguments, result, outcome, tookMillis, List.of());
    }

    /**
     * As later turns tell of it: cut to {@value #MOST_CHARS_LATER} characters each of arguments and
     * result, and only what has come to something.
     */
    public static List<CalledTool> later(List<CalledTool> calls) {
        return calls.stream().filter(CalledTool::cameToSomething).map(CalledTool::later).toList();
    }

    private boolean cameToSomething() {
        return outcome.equals(ANSWERED) || outcome.equals(HANDED_TO_APP);
    }

    /** Half of a JSON text is none, so of long arguments nothing is told. */
    private CalledTool later() {
        return new CalledTool(
                round,
                id,
                name,
                arguments.length() > MOST_CHARS_LATER ? "{}" : arguments,
                result == null ? null : beginning(result),
                outcome,
                tookMillis);
    }

    private static String beginning(String text) {
        if (text.length() <= MOST_CHARS_LATER) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MOST_CHARS_LATER - 1));
        return text.substring(0, splitsPair ? MOST_CHARS_LATER - 1 : MOST_CHARS_LATER) + "…";
    }

    /** The same call in a reply. */
    public CalledTool at(List<Integer> sequences) {
        return new CalledTool(round, id, name, arguments, result, outcome, tookMillis, sequences);
    }

    /** UTF-16 units of all that was said. */
    public int size() {
        return name.length() + arguments.length() + (result == null ? 0 : result.length());
    }

    /** What readers are told of it, in this order: one event for each. */
    public List<CallState> states() {
        return states(outcome);
    }

    private static List<CallState> states(String outcome) {
        return switch (outcome) {
            case HANDED_TO_APP -> List.of(CallState.HANDED_TO_APP);
            case ANSWERED -> List.of(CallState.CALLED, CallState.ANSWERED);
            default -> List.of(CallState.CALLED, CallState.FAILED);
        };
    }

    /** As the row has them: JSON text, an array. */
    public static String write(List<CalledTool> calls) {
        var array = JSON.createArrayNode();
        for (var call : calls) {
            var places = JSON.createArrayNode();
            call.places().forEach(places::add);
            array.addObject()
                    .put("round", call.round())
                    .put("id", call.id())
                    .put("name", call.name())
                    .put("arguments", call.arguments())
                    .put("result", call.result())
                    .put("outcome", call.outcome())
                    .put("tookMillis", call.tookMillis())
                    .set("places", places);
        }
        return JSON.writeValueAsString(array);
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @param json null for none
     */
    public static List<CalledTool> read(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        var calls = new ArrayList<CalledTool>();
        for (JsonNode call : JSON.readTree(json)) {
            calls.add(
                    new CalledTool(
                            call.path("round").asInt(),
                            call.path("id").asString(),
                            call.path("name").asString(),
                            call.path("arguments").asString(),
                            call.hasNonNull("result") ? call.path("result").asString() : null,
                            call.path("outcome").asString(),
                            call.path("tookMillis").asLong(),
                            call.path("places").valueStream().map(JsonNode::asInt).toList()));
        }
        return List.copyOf(calls);
    }

    /** Without what was said: it may be about somebody. */
    @Override
    public String toString() {
        return "CalledTool[id=" + id + ", name=" + name + ", outcome=" + outcome + "]";
    }
}
