package dev.orrery.pipeline.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token (RFC 7519) taken apart, more strictly than a library would: it has exactly one spelling.
 * Three parts in canonical base64url, JSON objects without a key twice and without anything behind
 * them. Nothing is verified here.
 *
 * @param signed what the signature is of
 */
public record TokenText(ObjectNode header, ObjectNode claims, byte[] signed, String signature) {

    private static final int MAX_CHARACTERS = 8 * 1024;
    private static final int PARTS = 3;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** Null when it is no such text. */
    public static @Nullable TokenText parse(String token) {
        if (token.length() > MAX_CHARACTERS) {
            return null;
        }
        var parts = token.split("\\.", PARTS + 1);
        if (parts.length != PARTS || decoded(parts[2]) == null) {
            return null;
        }
        var header = object(parts[0]);
        var claims = object(parts[1]);
        var signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        return header == null || claims == null
                ? null
                : new TokenText(header, claims, signed, parts[2]);
    }

    private static @Nullable ObjectNode object(String part) {
        var bytes = decoded(part);
        if (bytes == null) {
            return null;
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return JSON.readTree(text.toString()) instanceof ObjectNode object ? object : null;
        } catch (CharacterCodingException | JacksonException malformed) {
            return null;
        }
    }

    private static byte @Nullable [] decoded(String part) {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            boolean canonical =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
            return canonical && bytes.length > 0 ? bytes : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
