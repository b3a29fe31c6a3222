package dev.orrery.simulator.http;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Reads what a client sends, up to a bound. */
final class RequestBody {

    static final int MAX_BYTES = 8 << 20;

    private RequestBody() {}

    /** Fails with {@link TooLarge} above {@value #MAX_BYTES} bytes. */
    static Mono<byte[]> of(HttpServerRequest request) {
        return request.receive()
                .reduceWith(ByteArrayOutputStream::new, RequestBody::append)
                .map(ByteArrayOutputStream::toByteArray);
    }

    private static ByteArrayOutputStream append(ByteArrayOutputStream read, ByteBuf more) {
        if (read.size() + more.readableBytes() > MAX_BYTES) {
            throw new TooLarge();
        }
        byte[] bytes = new byte[more.readableBytes()];
        more.readBytes(bytes);
        read.writeBytes(bytes);
        return read;
    }

    /** A body above the bound. */
    static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("request body above " + MAX_BYTES + " bytes", null, false, false);
        }
    }
}
