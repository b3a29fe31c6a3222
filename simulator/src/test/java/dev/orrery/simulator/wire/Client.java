package dev.orrery.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a client of one provider asks, and what it makes of the bytes that come. All that it knows
 * stands in the provider's documents.
 */
public interface Client {

    JsonMapper JSON = JsonMapper.shared();

    String QUESTION = "Will I find a new job this year?";

    /** The provider, as {@code Simulator.url} takes it. */
    String provider();

    /** What stands behind the provider's base URL, model names escaped. */
    String route(String model, boolean streamed);

    /** Lines of the head that a request needs. */
    List<String> headers();

    String request(String model, boolean streamed, boolean withTools);

    /** Whether it can be asked for an answer in one body. */
    default boolean answersWhole() {
        return true;
    }

    String streamType();

    /** The events that it can read. */
    default List<Told> events(byte[] stream) {
        return SseReader.events(new String(stream, StandardCharsets.UTF_8));
    }

    /** Text of an event; null if it is about something else. */
    @Nullable String text(Told event);

    /** The reason to finish of an event; null if it has none. */
    @Nullable String finish(Told event);

    /** The tokens of an event; null if it states none. */
    @Nullable Spent spent(Told event, List<Told> all);

    /** Whether an event is an error. */
    boolean isError(Told event);

    /** Whether a stream is complete to its end marker, where the provider has one. */
    boolean isEnded(byte[] stream);

    /** How often a stream says that it lives, and nothing else. */
    default long signsOfLife(byte[] stream) {
        return new String(stream, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(":"))
                .count();
    }

    /** Whether a statement of tokens tells how many came from a cache. */
    default boolean statesCachedTokens() {
        return true;
    }

    /** The tools that a stream calls. */
    List<Called> calls(List<Told> events);

    /** How a stop is called. */
    String stop();

    /** How the end of the bound is called. */
    String length();

    /** How a call of tools is called. */
    String tool();

    /** How filtered content is called. */
    String filtered();

    /** Text of an answer in one body; empty if it has none. */
    String wholeText(JsonNode body);

    @Nullable String wholeFinish(JsonNode body);

    @Nullable Spent wholeSpent(JsonNode body);

    List<Called> wholeCalls(JsonNode body);

    /** Whether a body with status 200 is an error. */
    boolean isWholeError(JsonNode body);

    /** The provider's own name of an error. */
    String error(Answered answered);

    /** The name that documents have for an error of this status. */
    String usualError(int status);

    /** How many seconds it is asked to wait; empty if it is not. */
    default String wait(Answered answered) {
        return answered.headers().getOrDefault("retry-after", "");
    }

    /** The schema of the tool that it offers. */
    static JsonNode schema() {
        return JSON.readTree(
                """
                {"type": "object", "required": ["city"],
                 "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}}
                """);
    }

    static @Nullable String textOf(JsonNode node) {
        return node.isString() && !node.asString().isEmpty() ? node.asString() : null;
    }
}
