package dev.orrery.simulator.play;

import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.ToolCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one provider writes a streamed answer. Made for one answer, and without state: what it is
 * asked twice it says twice.
 */
public interface Dialect {

    /** How events are told apart. */
    default Framing framing() {
        return ServerSentEvents.LINES;
    }

    /** Headers that only streams have, besides the content type; names in lower case. */
    default Map<String, String> headers() {
        return Map.of("cache-control", "no-cache");
    }

    /** What comes before the first text or call, thoughts included. */
    List<Event> opening();

    /**
     * One piece of text.
     *
     * @param index of the piece, from 0
     */
    Event.Data text(String piece, int index);

    /** What comes between the text, if there is any, and what follows it. */
    default List<Event> textClosing() {
        return List.of();
    }

    /**
     * One call of a tool, as the steps in which it comes; a step takes the time of a piece of text.
     *
     * @param index of the call, from 0
     */
    List<List<Event>> call(ToolCall call, int index);

    /** An event like {@link #text} that says nothing. */
    Event hollow(Hollow how);

    /** The word for a reason to finish. */
    String word(Finish finish);

    /**
     * The finish.
     *
     * @param usages how often the tokens are stated, if they are at all
     */
    List<Event> finish(String reason, int usages);

    /** The last events of every faultless stream. */
    default List<Event> end() {
        return List.of();
    }

    /** All that is sent if the provider refuses the prompt; empty if it says so by a finish. */
    default List<Event> blocked() {
        return List.of();
    }

    /**
     * What the provider says when it fails in the middle of a stream.
     *
     * @param code its own name of the error; null for that of a broken server
     */
    Event error(@Nullable String code);

    /** A sign of life that means nothing. */
    Event signOfLife();
}
