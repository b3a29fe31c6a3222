package dev.orrery.pipeline.serde;

import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The context of an event as headers: CloudEvents 1.0, Kafka binding, binary mode, and W3C Trace
 * Context. Values are UTF-8 text.
 */
public final class EventHeaders {

    private static final String SPEC_VERSION = "ce_specversion";
    private static final String ID = "ce_id";
    private static final String SOURCE = "ce_source";
    private static final String TYPE = "ce_type";
    private static final String TIME = "ce_time";
    private static final String CORRELATION_ID = "ce_correlationid";
    private static final String CAUSATION_ID = "ce_causationid";
    private static final String EXPIRY_TIME = "ce_expirytime";
    private static final String CONTENT_TYPE = "content-type";
    private static final String TRACE_PARENT = "traceparent";

    /**
     * Where the ids of events come from that carry none; fixed for ever, so that every reader
     * derives the same.
     */
    private static final UUID UNNAMED = UUID.fromString("9f4f6f0e-3c0a-5d4b-8d59-6a0c8d2f7b11");

    private EventHeaders() {}

    /**
     * The headers of an event.
     *
     * @param type full name of the record's schema
     */
    public static Headers write(EventContext context, String type) {
        var headers = new RecordHeaders();
        put(headers, SPEC_VERSION, "1.0");
        put(headers, ID, context.id().toString());
        put(headers, SOURCE, context.source());
        put(headers, TYPE, type);
        put(headers, TIME, context.time().toString());
        put(headers, CORRELATION_ID, context.correlationId());
        put(headers, CAUSATION_ID, context.causationId());
        put(headers, EXPIRY_TIME, context.deadline());
        put(headers, CONTENT_TYPE, "application/avro");
        put(headers, TRACE_PARENT, context.trace());
        return headers;
    }

    /**
     * The context of a record. What is missing or malformed is made up, the same by every reader:
     * the id from the record's place, the time from its timestamp, the correlation id from its key.
     *
     * @param key the record's key as text
     */
    public static EventContext read(ConsumerRecord<?, ?> record, String key) {
        var headers = record.headers();
        return new EventContext(
                read(headers, ID, UUID::fromString).orElseGet(() -> placeOf(record)),
                read(headers, SOURCE, Function.identity()).orElse("unknown"),
                read(headers, TIME, Instant::parse)
                        .orElseGet(() -> Instant.ofEpochMilli(record.timestamp())),
                read(headers, CORRELATION_ID, Function.identity()).orElse(key),
                read(headers, CAUSATION_ID, UUID::fromString).orElse(null),
                read(headers, EXPIRY_TIME, Instant::parse).orElse(null),
                read(headers, TRACE_PARENT, Function.identity())
                        .flatMap(TraceParent::parse)
                        .orElse(null));
    }

    private static UUID placeOf(ConsumerRecord<?, ?> record) {
        return DerivedId.of(
                UNNAMED, record.topic() + "/" + record.partition() + "/" + record.offset());
    }

    private static void put(Headers headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static <T> Optional<T> read(Headers headers, String name, Function<String, T> parse) {
        var header = headers.lastHeader(name);
        if (header == null || header.value() == null || header.value().length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(new String(header.value(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty(); // foreign writers are tolerated, see above
        }
    }
}
