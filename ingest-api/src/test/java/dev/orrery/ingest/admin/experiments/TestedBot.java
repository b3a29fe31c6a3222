package dev.orrery.ingest.admin.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.User;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A bot whose experiments have two arms: its first configuration, and another one.
 *
 * @param first the configuration of arm a
 * @param other the configuration of arm b
 */
record TestedBot(User admin, String slug, String first, String other) {

    /** A live bot whose first configuration is active. */
    static TestedBot live(User admin) {
        var slug = admin.liveBot();
        return new TestedBot(admin, slug, active(admin, slug), configure(admin, slug));
    }

    /** A draft of a bot, with no configuration in force. */
    static TestedBot draft(User admin) {
        var name = "Bot " + UUID.randomUUID();
        var slug = admin.post("/admin/v1/bots", "{\"name\": \"" + name + "\"}").text("slug");
        return new TestedBot(admin, slug, configure(admin, slug), configure(admin, slug));
    }

    private static String active(User admin, String slug) {
        return admin.all(configs(slug), 10).getFirst().path("id").asString();
    }

    private static String configure(User admin, String slug) {
        return admin.post(configs(slug), "{\"provider\": \"openai\", \"model\": \"other\"}")
                .text("id");
    }

    private static String configs(String slug) {
        return "/admin/v1/bots/" + slug + "/llm-configs";
    }

    /** Gives arm b another revision. */
    Answer revise(String document) {
        return admin.post("/admin/v1/llm-configs/" + other + "/revisions", document);
    }

    /**
     * A draft of an experiment.
     *
     * @param more fields of it, behind a comma
     */
    Answer create(String name, String more) {
        return admin.post(
                "/admin/v1/bots/" + slug + "/experiments",
                """
                {"name": "%s", "arms": [{"name": "a", "config": "%s"}, {"name": "b", "config": "%s"}]%s}
                """
                        .formatted(name, first, other, more));
    }

    /** The id of a draft of an experiment named "warmth". */
    String warmth(String more) {
        return create("warmth", more).text("id");
    }

    Answer start(String experiment) {
        return move(experiment, "start");
    }

    Answer stop(String experiment) {
        return move(experiment, "stop");
    }

    private Answer move(String experiment, String action) {
        return admin.post("/admin/v1/experiments/" + experiment + "/" + action, "");
    }

    JsonNode results(String experiment) {
        var answer = admin.get("/admin/v1/experiments/" + experiment + "/results");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    static String armOf(RunningDoor door, String message) {
        return door.query(
                "select experiment_arm from chat.turns where turn_id = '" + message + "'");
    }
}
