package dev.orrery.pipeline.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads bodies: bounded in bytes and in time, strict UTF-8, one JSON object, no key twice, nothing
 * behind it, nesting within bounds. Parses on the scheduler's threads, since the largest body takes
 * some milliseconds that a connection's event loop has not got.
 */
public final class JsonBodies {

    /** From the first look at the body to its end. */
    public static final Duration LONGEST_READ = Duration.ofSeconds(20);

    private static final int MAX_NUMBER_CHARACTERS = 64;
    private static final int MAX_NAME_CHARACTERS = 256;

    private final int maxBytes;
    private final int maxNesting;
    private final ProblemType invalid;
    private final Scheduler scheduler;
    private final JsonMapper json;

    /**
     * @param maxBytes of a body, 1 or more
     * @param maxNesting of objects and arrays, 1 or more
     * @param invalid what a field is that is not what it should be
     * @param scheduler measures time, and parses; must not be one whose threads may block
     */
    public JsonBodies(int maxBytes, int maxNesting, ProblemType invalid, Scheduler scheduler) {
        this.maxBytes = maxBytes;
        this.maxNesting = maxNesting;
        this.invalid = invalid;
        this.scheduler = scheduler;
        this.json =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(maxNesting)
                                                        .maxNumberLength(MAX_NUMBER_CHARACTERS)
                                                        .maxNameLength(MAX_NAME_CHARACTERS)
                                                        .maxStringLength(maxBytes)
                                                        .build())
                                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                        .build())
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
        parse("{}".getBytes(StandardCharsets.UTF_8)); // builds its reader, under a lock
    }

    /** The request's body; a {@link Problem} when it is too large, too slow or no document. */
    public Mono<Fields> read(ServerHttpRequest request) {
        return Mono.defer(() -> {
            requireJson(request);
            if (request.getHeaders().getContentLength() > maxBytes) {
                return Mono.error(tooLarge());
            }
            return DataBufferUtils.join(request.getBody(), maxBytes)
                    .onErrorMap(DataBufferLimitException.class, large -> tooLarge())
                    .timeout(LONGEST_READ, Mono.error(JsonBodies::tooSlow), scheduler)
                    .map(Buffers::taken)
                    .defaultIfEmpty(new byte[0])
                    .publishOn(scheduler)
                    .map(this::parse);
        });
    }

    private static void requireJson(ServerHttpRequest request) {
        if (!isJson(request.getHeaders())) {
            throw new Problem(
                    CommonProblem.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type (expected: application/json in UTF-8)");
        }
    }

    private static boolean isJson(HttpHeaders headers) {
        try {
            var type = headers.getContentType();
            return type != null
                    && type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                    && (type.getCharset() == null
                            || StandardCharsets.UTF_8.equals(type.getCharset()));
        } catch (IllegalArgumentException unreadable) { // a charset that nobody knows included
            return false;
        }
    }

    Fields parse(byte[] body) {
        try {
            if (json.readTree(decoded(body)) instanceof ObjectNode object) {
                return new Fields(object, "", invalid);
            }
            throw new Problem(CommonProblem.MALFORMED_JSON, "the body (expected: one JSON object)");
        } catch (JacksonException malformed) {
            var where = malformed.getLocation();
            throw new Problem(
                    CommonProblem.MALFORMED_JSON,
                    "the body cannot be parsed at character "
                            + (where == null ? 0 : Math.max(0, where.getCharOffset()))
                            + " (expected: one JSON object without repeated keys, nested at most "
                            + maxNesting
                            + " deep)");
        }
    }

    private static String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException invalid) {
            throw new Problem(
                    CommonProblem.MALFORMED_JSON,
                    "the body is not UTF-8 (expected: well-formed UTF-8)");
        }
    }

    private Problem tooLarge() {
        return new Problem(
                CommonProblem.PAYLOAD_TOO_LARGE,
                "the body (expected: at most " + maxBytes + " bytes)");
    }

    private static Problem tooSlow() {
        return new Problem(
                CommonProblem.REQUEST_TIMEOUT,
                "the body is not complete (expected: within " + LONGEST_READ.toSeconds() + " s)");
    }
}
