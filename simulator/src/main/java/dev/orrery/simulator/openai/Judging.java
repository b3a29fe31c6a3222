package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.JsonBody;
import dev.orrery.simulator.play.WholeBody;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a vendor judges texts.
 *
 * @param categories its names of them
 * @param idPrefix what the ids of its judgements begin with
 * @param saysFlagged whether it says beside the categories that one of them is true
 * @param failure its own error, for when it comes with status 200
 */
record Judging(List<String> categories, String idPrefix, boolean saysFlagged, byte[] failure) {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final double SURE = 0.98;

    private static final double HARDLY = 0.0002;

    Judging {
        categories = List.copyOf(categories);
    }

    WholeBody judged(String model, List<String> texts, long number) {
        ObjectNode root = JSON.createObjectNode().put("id", idPrefix + number).put("model", model);
        ArrayNode results = root.putArray("results");
        texts.forEach(text -> judge(text, results.addObject()));
        return new JsonBody(root, failure);
    }

    private void judge(String text, ObjectNode result) {
        if (saysFlagged) {
            result.put("flagged", categories.stream().anyMatch(each -> holds(text, each)));
        }
        ObjectNode found = result.putObject("categories");
        categories.forEach(each -> found.put(each, holds(text, each)));
        ObjectNode scores = result.putObject("category_scores");
        categories.forEach(each -> scores.put(each, holds(text, each) ? SURE : HARDLY));
    }

    private static boolean holds(String text, String category) {
        return text.contains("[flag:" + category + "]");
    }
}
