package dev.orrery.llm.hostile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Frames of {@code application/vnd.amazon.eventstream}, written byte by byte, so that they can also
 * be written wrong. Big-endian:
 *
 * <pre>
 * u32  length of the frame
 * u32  length of the headers
 * u32  CRC-32 of these eight bytes
 * ...  headers: u8 length of the name, name, u8 type, value (of a string, 7: u16 length, bytes)
 * ...  payload
 * u32  CRC-32 of everything before it
 * </pre>
 */
final class Frame {

    private static final int PRELUDE_BYTES = 12;
    private static final int CHECK_SUM_BYTES = 4;
    private static final byte STRING = 7;

    private Frame() {}

    static byte[] event(String type, String payload) {
        return message("event", header(":event-type", type), payload);
    }

    static byte[] exception(String type, String payload) {
        return message("exception", header(":exception-type", type), payload);
    }

    /** The third kind of message, which has all it says in its headers. */
    static byte[] error(String code, String message) {
        var headers = joined(header(":error-code", code), header(":error-message", message));
        return message("error", headers, "");
    }

    private static byte[] message(String kind, byte[] typed, String payload) {
        var headers =
                joined(
                        joined(typed, header(":content-type", Heads.JSON)),
                        header(":message-type", kind));
        return of(headers, TransportFaults.bytes(payload));
    }

    /** A frame with right check sums, whatever is in it. */
    static byte[] of(byte[] headers, byte[] payload) {
        int length = PRELUDE_BYTES + headers.length + payload.length + CHECK_SUM_BYTES;
        var frame =
                ByteBuffer.allocate(length)
                        .put(prelude(length, headers.length))
                        .put(headers)
                        .put(payload);
        return frame.putInt(checkSum(frame.array(), length - CHECK_SUM_BYTES)).array();
    }

    /** How a frame begins that says to be so long, with the right check sum. */
    static byte[] prelude(int length, int headersLength) {
        var prelude = ByteBuffer.allocate(PRELUDE_BYTES).putInt(length).putInt(headersLength);
        return prelude.putInt(checkSum(prelude.array(), prelude.position())).array();
    }

    private static int checkSum(byte[] bytes, int length) {
        var sum = new CRC32();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    static byte[] header(String name, String value) {
        var text = value.getBytes(StandardCharsets.UTF_8);
        var withLength = ByteBuffer.allocate(2 + text.length).putShort((short) text.length);
        return header(name, STRING, withLength.put(text).array());
    }

    /** A header of any type, also of none that there is. */
    static byte[] header(String name, byte type, byte... value) {
        var text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length + value.length)
                .put((byte) text.length)
                .put(text)
                .put(type)
                .put(value)
                .array();
    }

    /** The same with one bit of a byte turned over, counted from the end where negative. */
    static byte[] broken(byte[] frame, int place) {
        var broken = frame.clone();
        broken[place < 0 ? frame.length + place : place] ^= 1;
        return broken;
    }

    static byte[] joined(byte[]... frames) {
        var joined = new byte[0];
        for (var frame : frames) {
            joined = TransportFaults.joined(joined, frame);
        }
        return joined;
    }
}
