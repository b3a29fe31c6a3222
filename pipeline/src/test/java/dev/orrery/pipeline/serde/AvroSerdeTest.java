package dev.orrery.pipeline.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.events.CancelRequested;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AvroSerdeTest {

    private static final String TOPIC = "chat.cancellations";

    private static final CancelRequested EVENT =
            CancelRequested.newBuilder()
                    .setTurnId("t-1")
                    .setRequestedAt(Instant.ofEpochMilli(1_700_000_000_000L))
                    .build();

    /** A zero byte, id 42, the string's length and bytes, the milliseconds as a zigzag varint. */
    private static final byte[] GOLDEN =
            HexFormat.of().parseHex("000000002a" + "06742d31" + "80a0abfef962");

    private final ScriptedRegistry registry = new ScriptedRegistry().answering(200, "{\"id\": 42}");
    private final AvroSerializer serializer = new AvroSerializer();
    private final AvroDeserializer deserializer = new AvroDeserializer();

    @BeforeEach
    void configure() {
        var settings =
                Map.of(
                        SerdeSettings.REGISTRY_URL,
                        registry.url(),
                        SerdeSettings.SPECIFIC_READER,
                        true);
        serializer.configure(settings, false);
        deserializer.configure(settings, false);
    }

    @AfterEach
    void stop() {
        serializer.close();
        deserializer.close();
        registry.close();
    }

    @Test
    void writesTheWireFormatByteForByte() {
        // given
        var event = EVENT;

        // when
        var bytes = serializer.serialize(TOPIC, event);

        // then
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(HexFormat.of().formatHex(GOLDEN));
    }

    @Test
    void registersUnderTheTopicsNameAndOnlyOnce() {
        // given
        serializer.serialize(TOPIC, EVENT);

        // when
        serializer.serialize(TOPIC, EVENT);

        // then
        assertThat(registry.asked)
                .containsExactly("POST /subjects/chat.cancellations-value/versions");
    }

    @Test
    void onlyLooksUpWhatItIsNotToRegister() {
        // given
        serializer.configure(Map.of(SerdeSettings.AUTO_REGISTER, "false"), false);

        // when
        serializer.serialize(TOPIC, EVENT);

        // then
        assertThat(registry.asked).containsExactly("POST /subjects/chat.cancellations-value");
    }

    @Test
    void readsTheWireFormatAsTheGeneratedClass() {
        // given
        registry.answering(200, schemaAnswer(CancelRequested.getClassSchema().toString()));

        // when
        var event = deserializer.deserialize(TOPIC, GOLDEN);

        // then
        assertThat(event).isEqualTo(EVENT);
    }

    @Test
    void readsAGenericRecordWhenAskedTo() {
        // given
        registry.answering(200, schemaAnswer(CancelRequested.getClassSchema().toString()));
        deserializer.configure(Map.of(SerdeSettings.SPECIFIC_READER, false), false);

        // when
        var event = deserializer.deserialize(TOPIC, GOLDEN);

        // then
        assertThat(event)
                .isInstanceOfSatisfying(
                        GenericRecord.class,
                        record -> assertThat(record.get("turnId")).isEqualTo("t-1"));
    }

    @Test
    void resolvesWhatANewerVersionHasWritten() {
        // given
        registry.answering(
                200,
                schemaAnswer(
                        """
                        {"type": "record", "name": "CancelRequested", "namespace": "dev.orrery.events", "fields": [
                          {"name": "reason", "type": "string"},
                          {"name": "turnId", "type": "string"},
                          {"name": "requestedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
                        """));
        var newer = HexFormat.of().parseHex("000000002a" + "027a" + "06742d31" + "80a0abfef962");

        // when
        var event = deserializer.deserialize(TOPIC, newer);

        // then
        assertThat(event).isEqualTo(EVENT);
    }

    @Test
    void refusesBytesThatAreNotInTheWireFormat() {
        // given
        byte[] json = "{\"turnId\": 1}".getBytes(StandardCharsets.UTF_8);
        byte[] tooShort = {0, 0, 0};

        // when / then
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, json))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, tooShort))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void refusesBytesThatEndTooEarly() {
        // given
        registry.answering(200, schemaAnswer(CancelRequested.getClassSchema().toString()));
        var cut = Arrays.copyOf(GOLDEN, GOLDEN.length - 3);

        // when / then
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, cut))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void refusesASchemaThatNamesAClassThatIsNoEvent() {
        // given
        registry.answering(
                200,
                schemaAnswer("{\"type\": \"record\", \"name\": \"java.io.File\", \"fields\": []}"));

        // when / then
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, GOLDEN))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void passesAbsentValuesThrough() {
        // given
        byte @Nullable [] absent = null;

        // when / then
        assertThat(deserializer.deserialize(TOPIC, absent)).isNull();
        assertThat(serializer.serialize(TOPIC, null)).isNull();
    }

    private static String schemaAnswer(String schema) {
        return JsonMapper.shared().createObjectNode().put("schema", schema).toString();
    }
}
