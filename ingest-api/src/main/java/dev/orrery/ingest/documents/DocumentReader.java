package dev.orrery.ingest.documents;

import dev.orrery.ingest.problems.Problem;
import dev.orrery.ingest.problems.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a body: at most 256 KiB, within 20 s, strict UTF-8, one JSON object, no key twice, nothing
 * behind it, nesting within bounds. Called on event loops; parsing what the limit allows takes
 * about a millisecond.
 */
@Component
final class DocumentReader {

    static final int MAX_BODY_BYTES = 256 * 1024;
    static final Duration LONGEST_READ = Duration.ofSeconds(20);
    private static final int MAX_NESTING = 16;
    private static final int MAX_NUMBER_CHARACTERS = 64;
    private static final int MAX_NAME_CHARACTERS = 256;

    private final JsonMapper json =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_NESTING)
                                                    .maxNumberLength(MAX_NUMBER_CHARACTERS)
                                                    .maxNameLength(MAX_NAME_CHARACTERS)
                                                    .maxStringLength(MAX_BODY_BYTES)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** The request's body; a {@link Problem} when it is too large or no document. */
    Mono<Document> read(ServerHttpRequest request) {
        return bytes(request).map(this::parse);
    }

    /** As {@link #read}; empty when there is no body. */
    Mono<Optional<Document>> readIfAny(ServerHttpRequest request) {
        return bytes(request)
                .map(body -> body.length == 0 ? Optional.empty() : Optional.of(parse(body)));
    }

    private static Mono<byte[]> bytes(ServerHttpRequest request) {
        return Mono.defer(() -> {
            if (request.getHeaders().getContentLength() > MAX_BODY_BYTES) {
                return Mono.error(
                        new Problem(
                                ProblemCode.PAYLOAD_TOO_LARGE,
                                request.getHeaders().getContentLength()
                                        + " bytes (expected: at most "
                                        + MAX_BODY_BYTES
                                        + ")"));
            }
            return DataBufferUtils.join(request.getBody(), MAX_BODY_BYTES)
                    .timeout(LONGEST_READ, Mono.error(DocumentReader::tooSlow))
                    .map(DocumentReader::bytesOf)
                    .defaultIfEmpty(new byte[0]);
        });
    }

    private static Problem tooSlow() {
        return new Problem(
                ProblemCode.REQUEST_TIMEOUT,
                "the body is not complete (expected: within " + LONGEST_READ.toSeconds() + " s)");
    }

    Document parse(byte[] body) {
        try {
            if (json.readTree(decoded(body)) instanceof ObjectNode object) {
                return new Document(object);
            }
            throw new Problem(ProblemCode.MALFORMED_JSON, "the body (expected: one JSON object)");
        } catch (JacksonException malformed) {
            var where = malformed.getLocation();
            throw new Problem(
                    ProblemCode.MALFORMED_JSON,
                    "the body cannot be parsed at character "
                            + (where == null ? 0 : Math.max(0, where.getCharOffset()))
                            + " (expected: one JSON object without repeated keys, nested at most "
                            + MAX_NESTING
                            + " deep)");
        }
    }

    private static byte[] bytesOf(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException invalid) {
            throw new Problem(
                    ProblemCode.MALFORMED_JSON,
                    "the body is not UTF-8 (expected: well-formed UTF-8)");
        }
    }
}
