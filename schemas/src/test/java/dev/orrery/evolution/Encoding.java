package dev.orrery.evolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Avro's binary encoding, and what it says as plain JSON: times in milliseconds, enums by name. */
final class Encoding {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Encoding() {}

    static byte[] bytes(SpecificRecord value) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
        return out.toByteArray();
    }

    /** Into the generated class of the reader's schema, as a consumer of ours does it. */
    static SpecificRecord read(byte[] bytes, Schema writer, Schema reader) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        var value = new SpecificDatumReader<SpecificRecord>(writer, reader).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new AssertionError("bytes are left over (expected: none)");
        }
        return value;
    }

    /** Without generated classes, as a foreign consumer does it. */
    static JsonNode says(byte[] bytes, Schema writer, Schema reader) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        var value = new GenericDatumReader<GenericRecord>(writer, reader).read(null, decoder);
        return json(value.toString());
    }

    static JsonNode says(SpecificRecord value) throws IOException {
        return says(bytes(value), value.getSchema(), value.getSchema());
    }

    static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    static String pretty(JsonNode node) throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }
}
