package dev.orrery.llm.chain;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listeners that do not disturb each other. */
final class Audience implements CallListener {

    private static final Logger log = LoggerFactory.getLogger(Audience.class);

    private final List<CallListener> listeners;

    Audience(List<CallListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void began(Call call) {
        tell(listener -> listener.began(call));
    }

    @Override
    public void firstText(Call call) {
        tell(listener -> listener.firstText(call));
    }

    @Override
    public void text(Call call, String text) {
        tell(listener -> listener.text(call, text));
    }

    @Override
    public void ended(CallReport report) {
        tell(listener -> listener.ended(report));
    }

    private void tell(Consumer<CallListener> event) {
        for (var listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException thrown) {
                log.error("BUG: a listener of calls failed", thrown);
            }
        }
    }
}
