package dev.orrery.llm.chain;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listeners that do not disturb each other. Told of every piece of every answer, so it makes
 * nothing on the way.
 */
final class Audience implements CallListener {

    private static final Logger log = LoggerFactory.getLogger(Audience.class);

    private final CallListener[] listeners;

    Audience(List<CallListener> listeners) {
        this.listeners = listeners.toArray(CallListener[]::new);
    }

    @Override
    public void began(Call call) {
        for (var listener : listeners) {
            try {
                listener.began(call);
            } catch (RuntimeException thrown) {
                failed(thrown);
            }
        }
    }

    @Override
    public void firstText(Call call) {
        for (var listener : listeners) {
            try {
                listener.firstText(call);
            } catch (RuntimeException thrown) {
                failed(thrown);
            }
        }
    }

    @Override
    public void text(Call call, String text) {
        for (var listener : listeners) {
            try {
                listener.text(call, text);
            } catch (RuntimeException thrown) {
                failed(thrown);
            }
        }
    }

    @Override
    public void ended(CallReport report) {
        for (var listener : listeners) {
            try {
                listener.ended(report);
            } catch (RuntimeException thrown) {
                failed(thrown);
            }
        }
    }

    @Override
    public void chainEnded(Step primary, List<CallTrace> calls) {
        for (var listener : listeners) {
            try {
                listener.chainEnded(primary, calls);
            } catch (RuntimeException thrown) {
                failed(thrown);
            }
        }
    }

    private static void failed(RuntimeException thrown) {
        log.error("BUG: a listener of calls failed", thrown);
    }
}
