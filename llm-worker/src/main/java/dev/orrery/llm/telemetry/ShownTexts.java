package dev.orrery.llm.telemetry;

import dev.orrery.llm.chain.Call;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The beginnings of the texts that calls in flight have shown. A call is itself and no other, equal
 * ones among them. Thread safety: any thread; the texts of one call come one at a time.
 */
final class ShownTexts {

    private record Key(Call call) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.call == call;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(call);
        }
    }

    private final ConcurrentHashMap<Key, StringBuffer> texts = new ConcurrentHashMap<>();
    private final int chars;

    /**
     * @param chars the most of one call that is kept and a little, in UTF-16 units
     */
    ShownTexts(int chars) {
        this.chars = chars;
    }

    void add(Call call, String text) {
        var shown = texts.computeIfAbsent(new Key(call), key -> new StringBuffer());
        if (shown.length() <= chars) {
            // one more than is told, so that it can be seen that there was more
            shown.append(text, 0, Math.min(text.length(), chars + 1 - shown.length()));
        }
    }

    /** Takes the text of a call that has ended. */
    String take(Call call) {
        var shown = texts.remove(new Key(call));
        return shown == null ? "" : shown.toString();
    }
}
