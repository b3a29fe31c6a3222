package dev.orrery.llm.safety;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.time.Ticker;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows what a chain tells, and lets pass what may be shown. Once something is found, the chain
 * has failed as far as its reader is concerned, and is to be broken off.
 *
 * <p>Not thread-safe: one a chain; its signals come one at a time.
 */
final class CheckedAnswer {

    /** In the trace of the call whose text was refused. */
    static final String REFUSED = "output_refused";

    private final HeldText text;
    private final Ticker ticker;
    private ChainEvent.@Nullable CallBegan call;
    private long callBeganAt;

    CheckedAnswer(HeldText text, Ticker ticker) {
        this.text = text;
        this.ticker = ticker;
    }

    /** What becomes of an event: what its reader is told in place of it. */
    List<ChainEvent> pass(ChainEvent event) {
        return switch (event) {
            case ChainEvent.CallBegan began -> List.of(began(began));
            case ChainEvent.Text piece -> orRefused(text.add(piece));
            case ChainEvent.ToolFragment piece -> behind(text.pause(), piece);
            case ChainEvent.Answered answered -> behind(text.pause(), answered);
            case ChainEvent.Failed failed -> List.of(failed); // what is held is void
        };
    }

    /** A reader who was shown nothing need not forget anything. */
    private ChainEvent began(ChainEvent.CallBegan began) {
        boolean startsOver = began.startsOver() && text.isShown();
        if (began.startsOver()) {
            text.startOver();
        }
        call = began;
        callBeganAt = ticker.now();
        return new ChainEvent.CallBegan(began.number(), began.step(), startsOver);
    }

    private List<ChainEvent> behind(List<ChainEvent> before, ChainEvent event) {
        if (text.isFound()) {
            return List.of(refusal());
        }
        return before.isEmpty() ? List.of(event) : List.of(before.getFirst(), event);
    }

    private List<ChainEvent> orRefused(List<ChainEvent> shown) {
        return text.isFound() ? List.of(refusal()) : shown;
    }

    /** Of the calls only the last one is known here, and what it costs is not. */
    private ChainEvent refusal() {
        return new ChainEvent.Failed(FailureCode.CONTENT_REFUSED, brokenOff());
    }

    private List<CallTrace> brokenOff() {
        var broken = call;
        if (broken == null) {
            return List.of();
        }
        var step = broken.step();
        return List.of(
                new CallTrace(
                        broken.number(),
                        step.provider(),
                        step.model(),
                        step.region(),
                        REFUSED,
                        null,
                        Duration.ofNanos(ticker.now() - callBeganAt).toMillis(),
                        null));
    }
}
