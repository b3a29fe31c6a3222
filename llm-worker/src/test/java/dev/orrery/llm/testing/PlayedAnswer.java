package dev.orrery.llm.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a played provider sends back, to the byte.
 *
 * @param body one packet each; an error in place of the end cuts the connection
 */
public record PlayedAnswer(int status, Map<String, String> headers, Flux<byte[]> body) {

    private static final String EVENT_STREAM = "text/event-stream";

    /** Any answer that comes whole. */
    public static PlayedAnswer of(int status, String contentType, String body) {
        return new PlayedAnswer(
                status,
                Map.of("content-type", contentType),
                Flux.just(body.getBytes(StandardCharsets.UTF_8)));
    }

    public static PlayedAnswer json(int status, String body) {
        return of(status, "application/json", body);
    }

    /** A stream that ends as HTTP says; each piece is a packet. */
    public static PlayedAnswer stream(String contentType, List<byte[]> pieces) {
        return new PlayedAnswer(
                200, Map.of("content-type", contentType), Flux.fromIterable(pieces));
    }

    public static PlayedAnswer events(String... pieces) {
        return stream(EVENT_STREAM, ServerSent.bytes(pieces));
    }

    public PlayedAnswer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new PlayedAnswer(status, more, body);
    }

    /** The same, and then the connection is cut. */
    public PlayedAnswer thenCut() {
        return new PlayedAnswer(
                status, headers, body.concatWith(Mono.error(new IllegalStateException("cut"))));
    }

    /** The first half of its bytes, and then the connection is cut. */
    public PlayedAnswer cutInHalf() {
        var half =
                body.collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                        .map(all -> Arrays.copyOf(all.toByteArray(), all.size() / 2));
        return new PlayedAnswer(status, headers, half.flux()).thenCut();
    }

    /** The same, and then nothing more, on an open connection. */
    public PlayedAnswer thenSilence() {
        return new PlayedAnswer(status, headers, body.concatWith(Mono.never()));
    }

    /** The same, and then this, once there is a sign. */
    public PlayedAnswer then(Mono<?> sign, List<byte[]> pieces) {
        return new PlayedAnswer(
                status, headers, body.concatWith(sign.thenMany(Flux.fromIterable(pieces))));
    }

    /** The same in packets of one byte. */
    public PlayedAnswer byteByByte() {
        return new PlayedAnswer(status, headers, body.concatMapIterable(PlayedAnswer::single));
    }

    private static List<byte[]> single(byte[] bytes) {
        return IntStream.range(0, bytes.length).mapToObj(i -> new byte[] {bytes[i]}).toList();
    }
}
