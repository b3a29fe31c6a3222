package dev.orrery.simulator.play;

import dev.orrery.simulator.script.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * An answer of a service of data, and how faults spoil it whatever it says.
 *
 * @param failure the service's own error, for when it comes with status 200
 */
public record JsonBody(JsonNode root, byte[] failure) implements WholeBody {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public String contentType() {
        return Pages.JSON;
    }

    @Override
    public int pieces() {
        return 1;
    }

    @Override
    public byte[] bytes(Fault.InContent fault) {
        JsonNode said =
                switch (fault) {
                    case Fault.Quirk.MISSING_KEYS -> withoutKeys();
                    case Fault.Quirk.EMPTY_CHOICES,
                            Fault.Quirk.EMPTY_ANSWER,
                            Fault.Quirk.BLOCKED_PROMPT ->
                            empty();
                    case Fault.Quirk.NULL_CONTENT -> withoutValues(root);
                    case Fault.InContent ignored -> withFirstText(root, fault);
                };
        return JSON.writeValueAsBytes(said);
    }

    @Override
    public byte[] error(@Nullable String code) {
        return failure;
    }

    /** Lists keep their length, but nothing in them has a key. */
    private JsonNode withoutKeys() {
        if (!root.isArray()) {
            return JSON.createObjectNode();
        }
        ArrayNode list = JSON.createArrayNode();
        root.forEach(each -> list.addObject());
        return list;
    }

    private JsonNode empty() {
        return root.isArray() ? JSON.createArrayNode() : JSON.createObjectNode();
    }

    /** All keys are there, and all they hold is null. */
    private static JsonNode withoutValues(JsonNode node) {
        if (node.isArray()) {
            ArrayNode list = JSON.createArrayNode();
            node.forEach(each -> list.add(withoutValues(each)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            node.properties()
                    .forEach(each -> object.set(each.getKey(), withoutValues(each.getValue())));
            return object;
        }
        return JSON.createObjectNode().nullNode();
    }

    /** Lets faults of text have the first text there is. */
    private static JsonNode withFirstText(JsonNode node, Fault.InContent fault) {
        JsonNode parent = node.isArray() && !node.isEmpty() ? node.get(0) : node;
        if (parent instanceof ObjectNode object) {
            for (String key : object.propertyNames()) {
                if (object.get(key) instanceof StringNode text) {
                    object.put(key, TextFault.in(text.asString(), 0, 1, fault));
                    break;
                }
            }
        }
        return node;
    }
}
