package dev.orrery.pipeline.telemetry;

import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.event.TraceParent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens spans. While nobody collects them, spans are not recorded, and what would hang on one hangs
 * on its parent.
 *
 * <p>Thread safety: may be called on any thread, event loops included; never blocks.
 */
public final class Spans {

    /** Records nothing. */
    public static final Spans OFF =
            new Spans(OpenTelemetry.noop().getTracer("off"), UserIds.PLAIN, Clock.systemUTC());

    private static final String TURN = "turn";
    private static final String GATEWAY = "gateway";

    private final Tracer tracer;
    private final UserIds userIds;
    private final Clock clock;

    /**
     * @param tracer of an SDK that takes its ids from {@link SpanIds}, or one that records nothing
     * @param clock tells when a span began that is opened after it has ended
     */
    public Spans(Tracer tracer, UserIds userIds, Clock clock) {
        this.tracer = tracer;
        this.userIds = userIds;
        this.clock = clock;
    }

    /** A span to be opened below this place. */
    public SpanBuilder under(TraceParent parent, String name, SpanKind kind) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(Context.root().with(Span.wrap(remote(parent))));
    }

    /** A span to be opened that begins a trace. */
    public SpanBuilder alone(String name, SpanKind kind) {
        return tracer.spanBuilder(name).setSpanKind(kind).setNoParent();
    }

    /**
     * The span of a turn as a whole: the root of its trace, or, where its client has begun one, the
     * next place in that.
     *
     * @param trace of the client
     */
    public Span turn(TurnRef turn, @Nullable TraceParent trace) {
        var attributes = of(turn);
        return trace == null
                ? SpanIds.at(
                        TraceParent.rootOf(turn.getTurnId()),
                        () ->
                                alone(TURN, SpanKind.PRODUCER)
                                        .setAllAttributes(attributes)
                                        .startSpan())
                : under(trace, TURN, SpanKind.PRODUCER).setAllAttributes(attributes).startSpan();
    }

    /** What every span of a turn says about it: ids, and no text. */
    public Attributes of(TurnRef turn) {
        var attributes =
                Attributes.builder()
                        .put(SpanNames.TURN, turn.getTurnId())
                        .put(SpanNames.SESSION, turn.getSessionId())
                        .put(SpanNames.TRACE_NAME, TURN)
                        .put(SpanNames.TRACE_TURN, turn.getTurnId())
                        .put(SpanNames.TRACE_BOT, turn.getBotId())
                        .put(SpanNames.TRACE_REVISION, turn.getRevisionId())
                        .put(SpanNames.TRACE_SEQUENCE, (long) turn.getSequence());
        userIds.nameOf(turn.getUserId()).ifPresent(user -> attributes.put(SpanNames.USER, user));
        var arm = turn.getExperimentArm();
        if (arm != null) {
            attributes.put(SpanNames.TRACE_EXPERIMENT_ARM, arm);
        }
        if (turn.getReplayId() != null) {
            attributes.put(SpanNames.TRACE_TAGS, List.of("replay"));
        }
        return attributes.build();
    }

    /**
     * What every span of a call of the gateway says about it: names and ids, and no text.
     *
     * @param service that calls
     * @param user on whose behalf; null when it names nobody
     * @param requestId under which the call is known
     */
    public Attributes of(String service, @Nullable String user, String requestId) {
        var attributes =
                Attributes.builder()
                        .put(SpanNames.SERVICE, service)
                        .put(SpanNames.REQUEST, requestId)
                        .put(SpanNames.TRACE_NAME, GATEWAY)
                        .put(SpanNames.TRACE_SERVICE, service)
                        .put(SpanNames.TRACE_REQUEST, requestId);
        if (user != null) {
            userIds.nameOf(user).ifPresent(name -> attributes.put(SpanNames.USER, name));
        }
        return attributes.build();
    }

    /** When something began that has taken so long. */
    public Instant before(Duration took) {
        return clock.instant().minus(took);
    }

    /**
     * Where a span stands: what it causes hangs on that place.
     *
     * @param otherwise of a span that stands nowhere, because nobody records it
     */
    public static TraceParent placeOf(Span span, TraceParent otherwise) {
        var context = span.getSpanContext();
        return context.isValid()
                ? new TraceParent(context.getTraceId(), context.getSpanId(), context.isSampled())
                : otherwise;
    }

    private static SpanContext remote(TraceParent place) {
        return SpanContext.createFromRemoteParent(
                place.traceId(),
                place.parentId(),
                place.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }
}
