package dev.orrery.pipeline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.event.TraceParent;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpansTest {

    private static final String TURN = "01936c2e-8f4a-7cc3-98c4-dc0c0c07398f";
    private static final TraceParent CLIENT =
            TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .orElseThrow();

    private final RecordedSpans recorded = new RecordedSpans();

    @Test
    void putTheRootOfATurnWhereEverybodyExpectsIt() {
        // when
        recorded.spans().turn(turn(), null).end();

        // then
        assertThat(recorded.only())
                .returns(TraceParent.rootOf(TURN).traceId(), SpanData::getTraceId)
                .returns(TraceParent.rootOf(TURN).parentId(), SpanData::getSpanId)
                .returns(false, span -> span.getParentSpanContext().isValid());
    }

    @Test
    void putATurnIntoTheTraceOfItsClient() {
        // when
        recorded.spans().turn(turn(), CLIENT).end();

        // then
        assertThat(recorded.only())
                .returns(CLIENT.traceId(), SpanData::getTraceId)
                .returns(CLIENT.parentId(), SpanData::getParentSpanId);
    }

    @Test
    void giveOtherSpansIdsOfTheirOwn() {
        // given
        var root = TraceParent.rootOf(TURN);
        recorded.spans().turn(turn(), null).end();

        // when
        recorded.spans().under(root, "one", SpanKind.INTERNAL).startSpan().end();
        recorded.spans().under(root, "two", SpanKind.INTERNAL).startSpan().end();

        // then
        assertThat(recorded.all()).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
        assertThat(recorded.all()).extracting(SpanData::getTraceId).containsOnly(root.traceId());
    }

    @Test
    void tellOfATurnWhoseItIs() {
        // when
        var attributes = recorded.spans().of(turn());

        // then
        assertThat(attributes.get(SpanNames.SESSION)).isEqualTo("session-1");
        assertThat(attributes.get(SpanNames.USER)).isEqualTo("ada");
        assertThat(attributes.get(SpanNames.TRACE_BOT)).isEqualTo("bot-1");
        assertThat(attributes.get(SpanNames.TRACE_REVISION)).isEqualTo("revision-1");
    }

    @Test
    void nameUsersAsTheyAreTold() {
        assertThat(UserIds.NONE.nameOf("ada")).isEmpty();
        assertThat(UserIds.PLAIN.nameOf("ada")).contains("ada");
        assertThat(UserIds.HASHED.nameOf("ada"))
                .hasValueSatisfying(name -> assertThat(name).matches("[0-9a-f]{32}"))
                .isEqualTo(UserIds.HASHED.nameOf("ada"))
                .isNotEqualTo(UserIds.HASHED.nameOf("bob"));
    }

    @Test
    void standOnTheirParentsPlaceWhileNobodyRecordsThem() {
        // given
        var span = Spans.OFF.under(CLIENT, "something", SpanKind.INTERNAL).startSpan();

        // when
        var place = Spans.placeOf(span, TraceParent.rootOf(TURN));

        // then
        assertThat(place).isEqualTo(CLIENT);
    }

    private static TurnRef turn() {
        return TurnRef.newBuilder()
                .setTurnId(TURN)
                .setSessionId("session-1")
                .setUserId("ada")
                .setWalletId("wallet-1")
                .setBotId("bot-1")
                .setSequence(1)
                .setRevisionId("revision-1")
                .setProfileVersion(1)
                .setAcceptedAt(Instant.EPOCH)
                .setDeadline(Instant.EPOCH.plusSeconds(60))
                .setReplyPartition(7)
                .build();
    }
}
