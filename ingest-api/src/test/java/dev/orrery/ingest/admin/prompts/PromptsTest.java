package dev.orrery.ingest.admin.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.prompt.variables.Variable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/** The variables that a prompt may name, and what the lint finds in one. */
@ExtendWith(SharedDoor.class)
class PromptsTest {

    private static final String LINT = "/admin/v1/prompts/lint";

    private final RunningDoor door;
    private final User author;

    PromptsTest(RunningDoor door) {
        this.door = door;
        this.author = door.stranger();
    }

    @Test
    void listsTheVariables() {
        // when
        var items = author.get("/admin/v1/prompts/variables").json().path("items");

        // then
        assertThat(items).hasSize(Variable.values().length);
        assertThat(items.get(3))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"name": "user_name", "category": "User Input",
                                         "description": "Name of the user.", "trust": "user"}
                                        """));
    }

    @Test
    void listsWhatABotAdds() {
        // given
        door.execute(
                "update chat.bots set metadata = '{\"custom\": {\"mood\": \"calm\"}}' where slug = 'moody'");

        // when
        var items = author.get("/admin/v1/prompts/variables?bot=moody").json().path("items");

        // then
        assertThat(items.get(items.size() - 1).path("name").asString()).isEqualTo("custom.mood");
        author.get("/admin/v1/prompts/variables?bot=nobody").assertProblem(CommonProblem.NOT_FOUND);
    }

    @Test
    void isForAdministratorsAlone() {
        for (var path : new String[] {"/admin/v1/prompts/variables", LINT, PreviewAuthor.PATH}) {
            // when
            var answer =
                    author.send(
                            path.endsWith("variables") ? HttpMethod.GET : HttpMethod.POST,
                            path,
                            path.endsWith("variables") ? null : "{}",
                            Map.of("Authorization", "Bearer " + Tokens.of("somebody", "chat")));

            // then
            answer.assertProblem(ProblemCode.FORBIDDEN);
        }
    }

    @Test
    void lintsWithLineAndColumn() {
        // when
        var answer =
                author.post(
                        LINT,
                        """
                        {"prompt": "Hi\\n {{user_nam}}", "kind": "template", "language": "KLINGON",
                         "metadata": {"required_variables": ["bot_name"]}}
                        """);

        // then
        assertThat(answer.json().path("errors").asInt()).isEqualTo(2);
        assertThat(answer.json().path("tokens").asInt()).isEqualTo(4);
        assertThat(answer.json().path("findings"))
                .anySatisfy(finding ->
                        assertThat(finding)
                                .isEqualTo(
                                        JsonMapper.shared()
                                                .readTree(
                                                        """
                                                        {"code": "unknown_variable", "severity": "error",
                                                         "message": "{{user_nam}}: unknown variable (did you mean {{user_name}}?)",
                                                         "line": 2, "column": 2}
                                                        """)))
                .extracting(finding -> finding.path("code").asString())
                .containsExactlyInAnyOrder(
                        "missing_required", "unknown_language", "unknown_variable");
    }

    @Test
    void lintsAgainstWhatABotRequires() {
        assertThat(
                        author.post(LINT, "{\"prompt\": \"Hi\", \"bot\": \"mira\"}")
                                .json()
                                .path("findings")
                                .get(0)
                                .path("code")
                                .asString())
                .isEqualTo("unused_required");
    }
}
