package dev.orrery.ingest.admin.configs;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.User;
import java.util.List;
import java.util.UUID;

/** A live bot without a configuration, and what an operator does to it. */
record OperatedBot(User admin, String slug) {

    static OperatedBot madeBy(User admin) {
        return new OperatedBot(
                admin,
                admin.post(
                                "/admin/v1/bots",
                                "{\"name\": \"Bot "
                                        + UUID.randomUUID()
                                        + "\", \"status\": \"live\"}")
                        .text("slug"));
    }

    String configs() {
        return "/admin/v1/bots/" + slug + "/llm-configs";
    }

    /**
     * Another configuration.
     *
     * @param more fields of its first revision, behind a comma
     */
    Answer create(String more) {
        return admin.post(
                configs(), "{\"provider\": \"openai\", \"model\": \"gpt-5\"" + more + "}");
    }

    Answer revise(String config, String document) {
        return admin.post("/admin/v1/llm-configs/" + config + "/revisions", document);
    }

    /** Ids of the configurations that are in force, and the numbers of their revisions. */
    List<String> active() {
        return admin.all(configs(), 100).stream()
                .filter(config -> config.path("active").asBoolean())
                .map(config ->
                        config.path("id").asString()
                                + " "
                                + config.path("current_revision").asInt())
                .toList();
    }
}
