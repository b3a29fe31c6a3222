package dev.orrery.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code application/vnd.amazon.eventstream} by its published layout, and trusts no sum. */
final class FrameReader {

    private static final int STRING = 7;

    private FrameReader() {}

    /**
     * The events and exceptions whose payload is JSON; a frame that is cut off at the end is left
     * out.
     */
    static List<Told> events(byte[] stream) {
        List<Told> events = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(stream);
        while (rest.remaining() >= 16 && rest.getInt(rest.position()) <= rest.remaining()) {
            byte[] frame = new byte[rest.getInt(rest.position())];
            rest.get(frame);
            add(frame, events);
        }
        return events;
    }

    private static void add(byte[] frame, List<Told> events) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        assertThat(in.getInt(0)).isEqualTo(frame.length);
        assertThat(in.getInt(8)).isEqualTo(checksum(frame, 8));
        assertThat(in.getInt(frame.length - 4)).isEqualTo(checksum(frame, frame.length - 4));
        int headersLength = in.getInt(4);
        Map<String, String> headers = headers(in.slice(12, headersLength));
        int from = 12 + headersLength;
        byte[] payload = new byte[frame.length - 4 - from];
        in.get(from, payload);
        assertThat(headers).containsEntry(":content-type", "application/json");
        boolean exception = "exception".equals(headers.get(":message-type"));
        String name = headers.get(exception ? ":exception-type" : ":event-type");
        try {
            events.add(
                    new Told(
                            String.valueOf(name),
                            JsonMapper.shared()
                                    .readTree(new String(payload, StandardCharsets.UTF_8))));
        } catch (JacksonException broken) {
            // A client that is patient goes on; how many are missing is the test's business.
        }
    }

    private static Map<String, String> headers(ByteBuffer in) {
        Map<String, String> headers = new HashMap<>();
        while (in.hasRemaining()) {
            String name = text(in, in.get() & 0xFF);
            assertThat(in.get()).isEqualTo((byte) STRING);
            headers.put(name, text(in, in.getShort() & 0xFFFF));
        }
        return headers;
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
