package dev.orrery.llm.tools.facts;

import dev.orrery.llm.tools.Errand;
import dev.orrery.llm.tools.ToolFailure;
import dev.orrery.pipeline.tool.ToolHandler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question for one fact, in the form of {@code POST /v1/facts/{kind}}. Who it is about comes from
 * the turn; what the model has said goes along as {@code arguments}, and is judged where it is
 * known what they may be. A chart alone takes {@code profile} (first or second) from them.
 *
 * @param kind as the enrichment worker names it
 */
record FactQuestion(String kind, ObjectNode body) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PROFILE = "profile";

    static FactQuestion of(Errand errand) {
        var arguments = errand.arguments().deepCopy();
        var body =
                JSON.createObjectNode()
                        .put("user_id", errand.turn().getUserId())
                        .put("profile_version", errand.turn().getProfileVersion());
        if (errand.handler() == ToolHandler.GET_BIRTH_CHART && arguments.has(PROFILE)) {
            body.put(PROFILE, profile(arguments.remove(PROFILE).asString("")));
        }
        body.set("arguments", arguments);
        return new FactQuestion(kind(errand.handler()), body);
    }

    private static String profile(String said) {
        if (!said.equals("first") && !said.equals("second")) {
            throw new ToolFailure(
                    ToolFailure.Reason.BAD_ARGUMENTS,
                    PROFILE + ": unknown (expected: first or second)");
        }
        return said;
    }

    private static String kind(ToolHandler handler) {
        return switch (handler) {
            case GET_BIRTH_CHART -> "birth_chart";
            case GET_WEATHER -> "weather";
            case GET_EXCHANGE_RATE -> "exchange_rates";
            case APP, CURRENT_TIME ->
                    throw new IllegalArgumentException("BUG: " + handler + " is no fact");
        };
    }
}
