package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.event.Turned;
import dev.orrery.pipeline.telemetry.SpanNames;
import dev.orrery.pipeline.telemetry.Spans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;

/**
 * The span of one input in one stage, below the place that the input names. Opened for every
 * delivery: what is handled again is done again, so it has a span of its own. To be ended by
 * whoever began it, once.
 */
public final class StageSpan {

    private final Span span;
    private final Handling handling;
    private final TraceParent place;

    private StageSpan(Span span, Handling handling, TraceParent place) {
        this.span = span;
        this.handling = handling;
        this.place = place;
    }

    public static StageSpan begin(Spans spans, Handling handling, Event<?> input) {
        return begin(spans, handling, input, Duration.ZERO);
    }

    /**
     * @param ago since when the input has been handled
     */
    static StageSpan begin(Spans spans, Handling handling, Event<?> input, Duration ago) {
        var context = input.context();
        var before = context.trace();
        var parent = before == null ? TraceParent.rootOf(context.correlationId()) : before;
        var record = handling.original();
        var builder =
                spans.under(parent, "process " + record.topic(), SpanKind.CONSUMER)
                        .setAttribute(SpanNames.MESSAGING_SYSTEM, "kafka")
                        .setAttribute(SpanNames.MESSAGING_OPERATION, "process")
                        .setAttribute(SpanNames.MESSAGING_OPERATION_TYPE, "process")
                        .setAttribute(SpanNames.MESSAGING_DESTINATION, record.topic())
                        .setAttribute(
                                SpanNames.MESSAGING_PARTITION, Integer.toString(record.partition()))
                        .setAttribute(SpanNames.MESSAGING_OFFSET, record.offset())
                        .setAttribute(SpanNames.MESSAGING_GROUP, handling.group())
                        .setAttribute(SpanNames.MESSAGING_ID, context.id().toString())
                        .setAttribute(SpanNames.STAGE, handling.stage());
        if (ago.isPositive()) {
            builder.setStartTimestamp(spans.before(ago));
        }
        var span = builder.startSpan();
        if (span.isRecording()) {
            Turned.turnOf(input.value()).ifPresent(turn -> span.setAllAttributes(spans.of(turn)));
        }
        return new StageSpan(span, handling, Spans.placeOf(span, parent));
    }

    /** What the stage emits hangs on it. */
    public TraceParent place() {
        return place;
    }

    /** The input has been dealt with, as its handling says. */
    public void end() {
        var outcome = handling.outcome();
        if (outcome != Handling.Outcome.HANDLED) {
            span.setStatus(StatusCode.ERROR, outcome.tag());
            span.setAttribute(SpanNames.ERROR_TYPE, outcome.tag());
        }
        end(outcome.tag());
    }

    /** The input will come again, here or elsewhere. */
    public void letGo() {
        end("let_go");
    }

    private void end(String outcome) {
        span.setAttribute(SpanNames.OUTCOME, outcome);
        span.setAttribute(SpanNames.ATTEMPTS, (long) handling.attempts());
        span.end();
    }
}
