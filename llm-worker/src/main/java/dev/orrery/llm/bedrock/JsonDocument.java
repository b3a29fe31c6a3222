package dev.orrery.llm.bedrock;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;
import tools.jackson.databind.JsonNode;

/** JSON in the form in which the SDK takes it. */
final class JsonDocument {

    private JsonDocument() {}

    static Document of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> Document.fromList(node.valueStream().map(JsonDocument::of).toList());
            case STRING -> Document.fromString(node.stringValue());
            case NUMBER -> Document.fromNumber(node.decimalValue());
            case BOOLEAN -> Document.fromBoolean(node.booleanValue());
            case NULL, MISSING, BINARY, POJO -> Document.fromNull();
        };
    }

    private static Document object(JsonNode node) {
        Map<String, Document> fields = new LinkedHashMap<>();
        node.forEachEntry((name, value) -> fields.put(name, of(value)));
        return Document.fromMap(fields);
    }
}
