package dev.orrery.pipeline.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class EventHeadersTest {

    private static final EventContext CONTEXT =
            new EventContext(
                    UUID.fromString("0190d1f0-0000-5000-8000-000000000001"),
                    "llm-worker",
                    Instant.parse("2026-11-24T10:00:00.123Z"),
                    "turn-1",
                    UUID.fromString("0190d1f0-0000-5000-8000-000000000002"),
                    Instant.parse("2026-11-24T10:01:00Z"),
                    TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                            .orElseThrow());

    @Test
    void writesTheNamesOfTheCloudEventsBinding() {
        // given
        var context = CONTEXT;

        // when
        var headers = EventHeaders.write(context, "dev.orrery.events.ReplyEvent");

        // then
        assertThat(text(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(text(headers, "ce_id")).isEqualTo("0190d1f0-0000-5000-8000-000000000001");
        assertThat(text(headers, "ce_source")).isEqualTo("llm-worker");
        assertThat(text(headers, "ce_type")).isEqualTo("dev.orrery.events.ReplyEvent");
        assertThat(text(headers, "ce_time")).isEqualTo("2026-11-24T10:00:00.123Z");
        assertThat(text(headers, "ce_correlationid")).isEqualTo("turn-1");
        assertThat(text(headers, "ce_causationid"))
                .isEqualTo("0190d1f0-0000-5000-8000-000000000002");
        assertThat(text(headers, "ce_expirytime")).isEqualTo("2026-11-24T10:01:00Z");
        assertThat(text(headers, "content-type")).isEqualTo("application/avro");
        assertThat(text(headers, "traceparent"))
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @Test
    void readsBackWhatItWrote() {
        // given
        var record = record(EventHeaders.write(CONTEXT, "x"));

        // when
        var read = EventHeaders.read(record, "key");

        // then
        assertThat(read).isEqualTo(CONTEXT);
    }

    @Test
    void readsBackAnEventThatHasNeitherCauseNorDeadlineNorTrace() {
        // given
        var bare =
                new EventContext(
                        CONTEXT.id(), CONTEXT.source(), CONTEXT.time(), "turn-1", null, null, null);

        // when
        var read = EventHeaders.read(record(EventHeaders.write(bare, "x")), "key");

        // then
        assertThat(read).isEqualTo(bare);
    }

    @Test
    void makesUpWhatIsMissingTheSameForEveryReader() {
        // given
        var record = record(new RecordHeaders());

        // when
        var read = EventHeaders.read(record, "key");

        // then
        assertThat(read).isEqualTo(EventHeaders.read(record, "key"));
        assertThat(read.id().version()).isEqualTo(5);
        assertThat(read.time()).isEqualTo(Instant.ofEpochMilli(1_000));
        assertThat(read.correlationId()).isEqualTo("key");
        assertThat(read.deadline()).isNull();
        assertThat(read.trace()).isNull();
    }

    @Test
    void takesMalformedHeadersForMissingOnes() {
        // given
        var headers = new RecordHeaders();
        for (String name :
                new String[] {
                    "ce_id", "ce_time", "ce_causationid", "ce_expirytime", "traceparent"
                }) {
            headers.add(name, "?".getBytes(StandardCharsets.UTF_8));
        }

        // when
        var read = EventHeaders.read(record(headers), "key");

        // then
        assertThat(read).isEqualTo(EventHeaders.read(record(new RecordHeaders()), "key"));
    }

    private static ConsumerRecord<byte[], byte[]> record(Headers headers) {
        return new ConsumerRecord<>(
                "chat.replies",
                3,
                17,
                1_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                headers,
                Optional.empty());
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
