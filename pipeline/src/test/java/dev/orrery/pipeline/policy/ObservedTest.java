package dev.orrery.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.ChatRequested;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.pipeline.telemetry.RecordedSpans;
import dev.orrery.pipeline.telemetry.SpanNames;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class ObservedTest {

    private static final TraceParent TRACE =
            TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
                    .orElseThrow();

    private final PolicyRig rig = new PolicyRig();
    private final RecordedSpans recorded = new RecordedSpans();
    private final List<TraceParent> seen = new ArrayList<>();

    @Test
    void measuresAnInputUnderWhatBecameOfIt() {
        // given
        StageHandler<ChatRequested> burying =
                cause ->
                        Flux.<Event<?>>empty()
                                .doOnComplete(
                                        () -> rig.handling.endsAs(Handling.Outcome.DEAD_LETTERED));

        // when
        observed(burying).handle(request(null)).blockLast();

        // then
        assertThat(
                        rig.meters
                                .get(StageMeters.HANDLED.meterName())
                                .tags("stage", "test", "outcome", "dead_lettered")
                                .timer()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void measuresNothingThatWillComeAgain() {
        // given
        StageHandler<ChatRequested> hanging = cause -> Flux.never();

        // when
        observed(hanging).handle(request(null)).subscribe().dispose();

        // then
        assertThat(rig.meters.find(StageMeters.HANDLED.meterName()).timer()).isNull();
    }

    @Test
    void opensASpanInTheTraceOfItsInput() {
        // given
        var input = request(TRACE);

        // when
        observed(this::noteTrace).handle(input).blockLast();

        // then
        assertThat(seen)
                .singleElement()
                .returns(TRACE.traceId(), TraceParent::traceId)
                .returns(false, TraceParent::sampled)
                .satisfies(span -> assertThat(span.parentId()).isNotEqualTo(TRACE.parentId()));
    }

    @Test
    void beginsATraceForAnInputThatHasNone() {
        // given
        var input = request(null);

        // when
        observed(this::noteTrace).handle(input).blockLast();

        // then
        assertThat(seen)
                .singleElement()
                .satisfies(span -> assertThat(TraceParent.parse(span.toString())).contains(span));
    }

    @Test
    void recordsASpanThatWhatItEmitsHangsOn() {
        // given
        var sampled = new TraceParent(TRACE.traceId(), TRACE.parentId(), true);

        // when
        observed(this::noteTrace).handle(request(sampled)).blockLast();

        // then
        var span = recorded.only();
        assertThat(span)
                .returns("process chat.requests", SpanData::getName)
                .returns(SpanKind.CONSUMER, SpanData::getKind)
                .returns(TRACE.traceId(), SpanData::getTraceId)
                .returns(TRACE.parentId(), SpanData::getParentSpanId);
        assertThat(seen).extracting(TraceParent::parentId).containsExactly(span.getSpanId());
        assertThat(span.getAttributes().get(SpanNames.SESSION)).isEqualTo("session-1");
        assertThat(span.getAttributes().get(SpanNames.OUTCOME)).isEqualTo("handled");
    }

    @Test
    void tellsWhateverIsPublishedMeanwhileWhereItStands() {
        // given
        var places = new ArrayList<TraceParent>();
        StageHandler<ChatRequested> publishing =
                cause ->
                        Flux.deferContextual(context -> {
                            places.add(context.get(TraceParent.class));
                            return Flux.empty();
                        });

        // when
        observed(publishing).handle(request(null)).blockLast();

        // then
        assertThat(places)
                .extracting(TraceParent::parentId)
                .containsExactly(recorded.only().getSpanId());
    }

    @Test
    void recordsWhatBecameOfAnInputThatWasNotHandled() {
        // given
        StageHandler<ChatRequested> burying =
                cause ->
                        Flux.<Event<?>>empty()
                                .doOnComplete(
                                        () -> rig.handling.endsAs(Handling.Outcome.DEAD_LETTERED));

        // when
        observed(burying).handle(request(null)).blockLast();

        // then
        var span = recorded.only();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().get(SpanNames.ERROR_TYPE)).isEqualTo("dead_lettered");
        assertThat(span.getParentSpanId()).isEqualTo(TraceParent.rootOf("turn-1").parentId());
    }

    @Test
    void endsTheSpanOfAnInputThatIsLetGo() {
        // given
        StageHandler<ChatRequested> hanging = cause -> Flux.never();

        // when
        observed(hanging).handle(request(null)).subscribe().dispose();

        // then
        assertThat(recorded.only().getAttributes().get(SpanNames.OUTCOME)).isEqualTo("let_go");
    }

    @Test
    void recordsNothingOfATraceThatItsClientDoesNotWantRecorded() {
        // when
        observed(this::noteTrace).handle(request(TRACE)).blockLast();

        // then
        assertThat(recorded.all()).isEmpty();
    }

    private Observed<ChatRequested> observed(StageHandler<ChatRequested> handler) {
        return new Observed<>(handler, rig.handling, recorded.spans(), rig.meters);
    }

    private Flux<Event<?>> noteTrace(Event<ChatRequested> cause) {
        seen.add(Objects.requireNonNull(cause.context().trace()));
        return Flux.empty();
    }

    private static Event<ChatRequested> request(@Nullable TraceParent trace) {
        var request = PolicyRig.request(null);
        var context = request.context();
        return new Event<>(
                request.topic(),
                request.key(),
                request.partition(),
                request.value(),
                new EventContext(
                        context.id(),
                        context.source(),
                        context.time(),
                        context.correlationId(),
                        context.causationId(),
                        context.deadline(),
                        trace));
    }
}
