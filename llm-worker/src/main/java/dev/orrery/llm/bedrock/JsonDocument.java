package dev.orrery.llm.bedrock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkNumber;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.document.DocumentVisitor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON in the form in which the SDK takes it, and gives it back. */
final class JsonDocument {

    private JsonDocument() {}

    /** The JSON text of what the SDK gives. */
    static String text(Document document) {
        return document.accept(new AsJson()).toString();
    }

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

    /** By hand, since the SDK's own view of a number is a text. */
    private static final class AsJson implements DocumentVisitor<JsonNode> {

        private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

        @Override
        public JsonNode visitNull() {
            return NODES.nullNode();
        }

        @Override
        public JsonNode visitBoolean(Boolean value) {
            return NODES.booleanNode(value);
        }

        @Override
        public JsonNode visitString(String value) {
            return NODES.stringNode(value);
        }

        @Override
        public JsonNode visitNumber(SdkNumber value) {
            return NODES.numberNode(value.bigDecimalValue());
        }

        @Override
        public JsonNode visitMap(Map<String, Document> fields) {
            var object = NODES.objectNode();
            fields.forEach((name, value) -> object.set(name, value.accept(this)));
            return object;
        }

        @Override
        public JsonNode visitList(List<Document> values) {
            var array = NODES.arrayNode();
            values.forEach(value -> array.add(value.accept(this)));
            return array;
        }
    }
}
