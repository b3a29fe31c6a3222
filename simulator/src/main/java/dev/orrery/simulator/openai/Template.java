package dev.orrery.simulator.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Events that differ in one text and in nothing else: written once, and cut where that text stands.
 * A stream of fifty events costs little more than its text this way.
 */
final class Template {

    private static final String MARK = "<the text>";

    private final byte[] before;

    private final byte[] after;

    private Template(byte[] before, byte[] after) {
        this.before = before;
        this.after = after;
    }

    /**
     * @param event writes the event for a text, which must be the last thing in it that a client
     *     has a say in
     */
    static Template of(Function<String, byte[]> event) {
        String written = new String(event.apply(MARK), StandardCharsets.UTF_8);
        int mark = written.lastIndexOf(MARK);
        return new Template(
                written.substring(0, mark).getBytes(StandardCharsets.UTF_8),
                written.substring(mark + MARK.length()).getBytes(StandardCharsets.UTF_8));
    }

    byte[] with(String text) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] event = Arrays.copyOf(before, before.length + quoted.length + after.length);
        System.arraycopy(quoted, 0, event, before.length, quoted.length);
        System.arraycopy(after, 0, event, before.length + quoted.length, after.length);
        return event;
    }
}
