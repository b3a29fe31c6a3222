package dev.orrery.ingest.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Every change that an operator makes is in the book, and nothing else is. */
@ExtendWith(SharedDoor.class)
class ChangesTest {

    private final User admin;
    private final RunningDoor door;

    ChangesTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
    }

    /** Of this test's operator, the newest first. */
    private List<JsonNode> changes(int limit) {
        return admin.all("/admin/v1/changes", limit).stream()
                .filter(change -> change.path("actor").asString().equals(admin.name()))
                .toList();
    }

    private static List<String> told(List<JsonNode> changes) {
        return changes.stream()
                .map(change ->
                        change.path("action").asString() + " " + change.path("subject").asString())
                .toList();
    }

    @Test
    void tellWhoChangedWhatNewestFirstAndPageByPage() {
        // given
        var bot =
                admin.post("/admin/v1/bots", "{\"name\": \"Bot " + UUID.randomUUID() + "\"}")
                        .text("slug");
        var config = admin.configure(bot);

        // when
        admin.patch("/admin/v1/bots/" + bot, "{\"rank\": 5}");
        admin.patch("/admin/v1/bots/" + bot, "{\"rank\": 5}");
        admin.post("/admin/v1/llm-configs/" + config + "/revisions", "{\"prompt\": \"Two\"}");
        admin.post("/admin/v1/llm-configs/" + config + "/revisions", "{\"prompt\": \"Two\"}");
        admin.activate(config, "{\"revision\": 2}");
        admin.activate(config, "{\"revision\": 2}");
        admin.delete("/admin/v1/bots/" + bot);

        // then
        var expected =
                List.of(
                        "delete_bot bot/" + bot,
                        "activate_revision bot/" + bot,
                        "add_revision llm-config/" + config,
                        "change_bot bot/" + bot,
                        "activate_revision bot/" + bot,
                        "create_config bot/" + bot,
                        "create_bot bot/" + bot);
        assertThat(told(changes(100))).isEqualTo(expected);
        assertThat(told(changes(7))).isEqualTo(expected);
    }

    @Test
    void showWhatWasThereBeforeAndAfter() {
        // given
        var bot =
                admin.post("/admin/v1/bots", "{\"name\": \"Bot " + UUID.randomUUID() + "\"}")
                        .text("slug");

        // when
        admin.patch("/admin/v1/bots/" + bot, "{\"description\": \"Better\"}");

        // then
        var change = changes(100).getFirst();
        assertThat(change.path("before").path("description").asString()).isEmpty();
        assertThat(change.path("after").path("description").asString()).isEqualTo("Better");
        assertThat(changes(100).getLast().has("before")).isFalse();
        assertThat(change.path("changed_at").asString()).isNotEmpty();
    }

    @Test
    void nameRevisionsByTheirHashAndRepeatNeitherPromptsNorWhatMayBeSecret() {
        // given
        var bot = admin.liveBot();

        // when
        var created =
                admin.post(
                        "/admin/v1/bots/" + bot + "/llm-configs",
                        """
                        {"provider": "openai", "model": "m", "prompt": "A secret recipe",
                         "metadata": {"additional_config": {"key": "sk-secret"}}}
                        """);

        // then
        var change = changes(100).getFirst();
        assertThat(change.path("after").path("content_hash").asString())
                .isEqualTo(created.json().path("revision").path("content_hash").asString());
        assertThat(change.toString()).doesNotContain("secret");
    }

    @Test
    void doNotTellOfWhatWasRefused() {
        // given
        var before = door.query("select count(*) from chat.admin_changes");

        // when
        admin.post("/admin/v1/bots", "{\"name\": \"B\", \"slug\": \"mira\"}");
        admin.send(HttpMethod.POST, "/admin/v1/bots", "{\"name\": 1}", Map.of());
        admin.put("/admin/v1/fallback-rules/second", "{\"provider\": \"gemini\", \"steps\": []}");

        // then
        assertThat(door.query("select count(*) from chat.admin_changes")).isEqualTo(before);
    }
}
