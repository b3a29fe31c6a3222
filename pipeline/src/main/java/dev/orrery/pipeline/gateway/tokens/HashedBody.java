package dev.orrery.pipeline.gateway.tokens;

import dev.orrery.pipeline.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The body of a request, hashed as it passes by: nothing is kept for the hash, and whoever reads
 * the body reads it once. One that a token was not made for ends, behind its last byte, in the
 * problem of a bad token, so that nobody takes it for a request.
 *
 * <p>Used by one signal at a time, though on changing threads.
 */
public final class HashedBody extends ServerHttpRequestDecorator {

    private final MessageDigest digest = Sha256.digest();
    private final @Nullable String expected;
    private volatile @Nullable String hash;

    public HashedBody(ServerHttpRequest request, Caller caller) {
        super(request);
        this.expected = caller.bodyHash();
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super.getBody().doOnNext(this::update).concatWith(Mono.defer(this::end));
    }

    private void update(DataBuffer buffer) {
        try (var bytes = buffer.readableByteBuffers()) {
            bytes.forEachRemaining(digest::update);
        }
    }

    private Mono<DataBuffer> end() {
        var found = Sha256.written(digest.digest());
        hash = found;
        return expected == null || isSame(expected, found)
                ? Mono.empty()
                : Mono.error(ServiceTokens.refused());
    }

    private static boolean isSame(String expected, String found) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                found.getBytes(StandardCharsets.US_ASCII));
    }

    /** SHA-256 in base64url without padding, once the body was read to its end. */
    public String hash() {
        return Objects.requireNonNull(hash, "BUG: the body was not read");
    }
}
