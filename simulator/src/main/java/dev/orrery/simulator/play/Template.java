package dev.orrery.simulator.play;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Events that differ in one text and in nothing else: written once, and cut where that text stands.
 * A stream of fifty events costs little more than its text this way.
 */
public final class Template {

    private static final String MARK = "<the text>";

    private final @Nullable String name;

    private final byte[] before;

    private final byte[] after;

    private Template(@Nullable String name, byte[] before, byte[] after) {
        this.name = name;
        this.before = before;
        this.after = after;
    }

    /**
     * @param event writes the event for a text, which must be the last thing in it that a client
     *     has a say in
     */
    public static Template of(Function<String, Event.Data> event) {
        Event.Data marked = event.apply(MARK);
        String written = new String(marked.bytes(), StandardCharsets.UTF_8);
        int mark = written.lastIndexOf(MARK);
        return new Template(
                marked.name(),
                written.substring(0, mark).getBytes(StandardCharsets.UTF_8),
                written.substring(mark + MARK.length()).getBytes(StandardCharsets.UTF_8));
    }

    public Event.Data with(String text) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] event = Arrays.copyOf(before, before.length + quoted.length + after.length);
        System.arraycopy(quoted, 0, event, before.length, quoted.length);
        System.arraycopy(after, 0, event, before.length + quoted.length, after.length);
        return new Event.Data(name, event);
    }
}
