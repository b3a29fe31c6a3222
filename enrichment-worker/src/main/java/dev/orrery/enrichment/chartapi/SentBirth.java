package dev.orrery.enrichment.chartapi;

import dev.orrery.enrichment.astrologyapi.AstrologyRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what a client sends: a JSON object or a form, whatever its content type calls it, as
 * clients of the service do; at most 16 KiB, within 10 s, strict UTF-8, no key twice.
 */
final class SentBirth {

    static final int MOST_BYTES = 16 * 1024;
    static final Duration LONGEST_READ = Duration.ofSeconds(10);

    private static final int MOST_NESTING = 4;
    private static final int MOST_NUMBER_CHARACTERS = 64;
    private static final String MOMENT = "at";

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MOST_NESTING)
                                                    .maxNumberLength(MOST_NUMBER_CHARACTERS)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private SentBirth() {}

    /**
     * The birth and the moment asked about, which may stand in the query, too. Fails with {@link
     * Unreadable}, with {@link dev.orrery.enrichment.chart.ImpossibleBirth}, or with what says that
     * the body is too large or too slow.
     */
    static Mono<AstrologyRequest> of(ServerRequest request) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), MOST_BYTES)
                .timeout(LONGEST_READ)
                .map(SentBirth::bytesOf)
                .defaultIfEmpty(new byte[0])
                .map(SentBirth::fields)
                .doOnNext(fields ->
                        request.queryParam(MOMENT)
                                .filter(at -> !fields.has(MOMENT))
                                .ifPresent(at -> fields.put(MOMENT, at)))
                .map(AstrologyRequest::of);
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

    static ObjectNode fields(byte[] body) {
        var text = decoded(body).strip();
        return text.startsWith("{") || text.startsWith("[") ? json(text) : form(text);
    }

    private static String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException invalid) {
            throw new Unreadable("the body is not UTF-8 (expected: JSON or a form in UTF-8)");
        }
    }

    private static ObjectNode json(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException malformed) {
            // answered below: what a parser says may quote the body
        }
        throw new Unreadable("the body is not a JSON object (expected: one with day, month, …)");
    }

    private static ObjectNode form(String text) {
        var fields = JsonNodeFactory.instance.objectNode();
        for (var pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                put(
                        fields,
                        unescaped(pair.substring(0, equals)),
                        unescaped(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static void put(ObjectNode fields, String name, String value) {
        if (fields.has(name)) {
            throw new Unreadable("a field of the form is there twice (expected: each once)");
        }
        fields.put(name, value);
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new Unreadable("a value of the form is escaped wrongly (expected: %XX)");
        }
    }
}
