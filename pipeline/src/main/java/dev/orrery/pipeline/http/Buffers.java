package dev.orrery.pipeline.http;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/** Buffers of requests and responses, which somebody has to give back. */
public final class Buffers {

    private Buffers() {}

    /** What it holds; the buffer itself is given back. */
    public static byte[] taken(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
