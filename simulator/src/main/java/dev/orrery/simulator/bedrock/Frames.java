package dev.orrery.simulator.bedrock;

import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * {@code application/vnd.amazon.eventstream}, big-endian: total length, length of the headers,
 * CRC-32 of these eight bytes, headers, payload, CRC-32 of everything before. An event whose name
 * ends in {@code Exception} is one. There are no signs of life, and an end is the end of the body.
 */
record Frames() implements Framing {

    private static final int PRELUDE_BYTES = 8;

    private static final int CRC_BYTES = 4;

    private static final int TYPE_STRING = 7;

    @Override
    public String contentType() {
        return "application/vnd.amazon.eventstream";
    }

    @Override
    public byte[] frame(Event event, boolean first) {
        return switch (event) {
            case Event.Data data -> frame(headers(data.name()), data.bytes());
            case Event.Comment ignored -> new byte[0];
            case Event.End ignored -> new byte[0];
        };
    }

    private static byte[] frame(byte[] headers, byte[] payload) {
        int total = PRELUDE_BYTES + CRC_BYTES + headers.length + payload.length + CRC_BYTES;
        ByteBuffer frame = ByteBuffer.allocate(total).putInt(total).putInt(headers.length);
        frame.putInt(checksum(frame)).put(headers).put(payload);
        return frame.putInt(checksum(frame)).array();
    }

    /** Of what is written so far. */
    private static int checksum(ByteBuffer frame) {
        CRC32 checksum = new CRC32();
        checksum.update(frame.array(), 0, frame.position());
        return (int) checksum.getValue();
    }

    private static byte[] headers(@Nullable String name) {
        boolean exception = name != null && name.endsWith("Exception");
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        header(headers, exception ? ":exception-type" : ":event-type", name == null ? "" : name);
        header(headers, ":content-type", "application/json");
        header(headers, ":message-type", exception ? "exception" : "event");
        return headers.toByteArray();
    }

    /** Length of the name, name, type, length of the value in two bytes, value. */
    private static void header(ByteArrayOutputStream out, String name, String value) {
        byte[] ascii = value.getBytes(StandardCharsets.US_ASCII);
        out.write(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.write(TYPE_STRING);
        out.write(ascii.length >> 8);
        out.write(ascii.length);
        out.writeBytes(ascii);
    }
}
