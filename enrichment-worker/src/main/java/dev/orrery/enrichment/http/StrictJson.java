package dev.orrery.enrichment.http;

import dev.orrery.enrichment.source.SourceFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a service calls JSON: strict UTF-8, no key twice, nothing behind it, not too deep.
 * Numbers keep the digits they are written with.
 */
final class StrictJson {

    private static final int MAX_NESTING = 32;
    private static final int MAX_NUMBER_CHARACTERS = 64;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_NESTING)
                                                    .maxNumberLength(MAX_NUMBER_CHARACTERS)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(
                            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private StrictJson() {}

    static JsonNode read(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            var json = JSON.readTree(text.toString());
            if (json.isContainer()) {
                return json;
            }
        } catch (CharacterCodingException | JacksonException | NumberFormatException broken) {
            // answered below: what a parser says may quote the body, and of a number beyond all
            // bounds it says so in a way of its own
        }
        throw new SourceFailure.InvalidAnswer("the body (expected: one JSON object or array)");
    }
}
