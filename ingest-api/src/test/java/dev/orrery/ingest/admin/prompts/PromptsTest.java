package dev.orrery.ingest.admin.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.prompt.variables.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(SharedDoor.class)
class PromptsTest {

    private static final String PREVIEW = "/admin/v1/prompts/preview";
    private static final String LINT = "/admin/v1/prompts/lint";

    private final RunningDoor door;
    private final User author;

    PromptsTest(RunningDoor door) {
        this.door = door;
        this.author = door.stranger();
    }

    private Answer preview(Map<String, Object> request) {
        return author.post(PREVIEW, JsonMapper.shared().writeValueAsString(request));
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
        for (var path : new String[] {"/admin/v1/prompts/variables", LINT, PREVIEW}) {
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

    /** The example of the specification, by inline values alone. */
    @Test
    void previewsATemplateByteForByte() {
        // when
        var answer =
                preview(
                        Map.of(
                                "prompt",
                                """

                                Assistant: {{bot_name}}
                                User: {{user_name}} ({{user_age}}, {{user_gender}})
                                Now: {{day_of_week}}, {{current_date}}, {{current_time}}
                                Says: {{user_message}}
                                """,
                                "kind",
                                "template",
                                "bot",
                                Map.of("name", "Nova"),
                                "user",
                                Map.of("name", "Asha", "age", 31, "gender", "female"),
                                "message",
                                "Will it rain?",
                                "at",
                                "2026-01-15T09:15:00Z"));

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("text"))
                .isEqualTo(
                        """

                        Assistant: Nova
                        User: Asha (31, female)
                        Now: Thursday, 15 January 2026, 02:45 PM
                        Says: Will it rain?
                        """);
        assertThat(answer.json().path("tokens").asLong())
                .isEqualTo((answer.text("text").length() + 3) / 4);
        assertThat(answer.json().path("findings").get(0).path("code").asString())
                .isEqualTo("unfenced_user_text");
        assertThat(answer.text("hash")).hasSize(64);
        assertThat(answer.json().has("diff")).isFalse();
    }

    @Test
    void hashesTheToolsThatAPromptOffers() {
        // given
        var tools = Map.of("tools", List.of(Map.of("name", "open_map")));

        // when
        var without = preview(Map.of("prompt", "Hi", "message", "Hello"));
        var with = preview(Map.of("prompt", "Hi", "message", "Hello", "metadata", tools));

        // then
        assertThat(with.status()).as(with.body()).isEqualTo(200);
        assertThat(with.text("hash")).isNotEqualTo(without.text("hash"));
        assertThat(with.text("text")).isEqualTo(without.text("text"));
    }

    @Test
    void previewsADocumentGivenAsJson() {
        // when
        var answer =
                preview(
                        Map.of(
                                "prompt",
                                Map.of("Language", Map.of("$language", "standard")),
                                "user",
                                Map.of("name", "Asha"),
                                "app_id",
                                4,
                                "language",
                                "ENGLISH"));

        // then
        assertThat(answer.text("text"))
                .isEqualTo("Language: Modern, everyday English in Roman letters; no Devanagari.\n");
        assertThat(answer.json().path("sections").get(0).path("name").asString())
                .isEqualTo("Language");
    }

    @Test
    void previewsWhatIsRememberedWhatIsKnownAndWhatWasSaid() {
        // when
        var answer =
                preview(
                        Map.of(
                                "prompt",
                                "Memories: {$memories: all}\nChart: {$fact: birth_chart}\nSaid: \"{{conversation_history}}\"",
                                "kind",
                                "structured",
                                "memories",
                                List.of("Likes tea"),
                                "facts",
                                Map.of("birth_chart", "Moon in Taurus"),
                                "history",
                                List.of(
                                        Map.of("role", "user", "text", "never answered"),
                                        Map.of("role", "user", "text", "Hi {{user_name}}"),
                                        Map.of("role", "assistant", "content", "Namaste"),
                                        Map.of("user", "And?", "bot", "Yes."))));

        // then
        assertThat(answer.text("text"))
                .isEqualTo(
                        """
                        Memories:
                        - Likes tea
                        Chart: Moon in Taurus
                        Said: |-
                          user: Hi {{user_name}}
                          bot: Namaste
                          user: And?
                          bot: Yes.
                        """);
        assertThat(answer.json().path("messages")).hasSize(5);
    }

    @Test
    void saysThatDataIsOldOrWasNeverGiven() {
        // given
        var stale =
                Map.of(
                        "kind",
                        "birth_chart",
                        "text",
                        "Moon",
                        "state",
                        "stale",
                        "fetched_at",
                        "2026-01-14T22:00:00Z");
        var absent = Map.of("kind", "birth_chart", "absence", "no_birth_details");

        // then
        assertThat(
                        preview(Map.of("prompt", "{{user_astro_data}}", "facts", List.of(stale)))
                                .text("text"))
                .contains("last confirmed on 14 January 2026");
        assertThat(
                        preview(Map.of("prompt", "{{user_astro_data}}", "facts", List.of(absent)))
                                .text("text"))
                .isEqualTo("The user has not given birth details.");
    }

    /** The memory takes 46 bytes of the text, the message 8, the turn before 16. */
    @Test
    void leavesOutWhatTheWorkerWouldAndSaysWhenATurnIsTooLarge() {
        // given
        Map<String, Object> turn =
                Map.of(
                        "prompt", "a: {$memories: all}",
                        "kind", "structured",
                        "memories", List.of("x".repeat(40)),
                        "history", List.of(Map.of("user", "12345678", "bot", "12345678")),
                        "message", "12345678");

        // when
        var roomy = preview(limited(turn, 18));
        var tight = preview(limited(turn, 16));
        var tooTight = preview(limited(turn, 13));

        // then
        assertThat(roomy.json().path("messages")).hasSize(3);
        assertThat(tight.json().path("messages")).hasSize(1);
        assertThat(tight.json().path("findings")).isEmpty();
        assertThat(tooTight.status()).isEqualTo(200);
        assertThat(tooTight.json().path("findings").get(0).path("code").asString())
                .isEqualTo("turn_too_large");
        assertThat(tooTight.json().path("findings").get(0).path("message").asString())
                .isEqualTo("about 14 tokens (expected: at most the revision's 13)");
    }

    private static Map<String, Object> limited(Map<String, Object> turn, int tokens) {
        var limited = new HashMap<>(turn);
        limited.put("prompt_token_limit", tokens);
        return limited;
    }

    /** 200,001 bytes fit into a body; as characters they would be 66,667. */
    @Test
    void boundsTheSourceAsTheBodyIsBounded() {
        // when
        var answer = preview(Map.of("prompt", "म".repeat(66_667)));

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(answer.text("detail"))
                .isEqualTo("prompt: 200001 bytes of UTF-8 (expected: at most 196608)");
        assertThat(
                        preview(Map.of("prompt", "म".repeat(65_536), "prompt_token_limit", 60_000))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void previewsForARealUserAndARealBot() {
        // given
        var guest = door.guest();

        // when
        var answer =
                preview(
                        Map.of(
                                "prompt", "{{bot_name}} {{user_name}}",
                                "bot", "mira",
                                "user_id", guest.name()));

        // then
        assertThat(answer.text("text")).isEqualTo("Mira Asha");
        preview(Map.of("prompt", "x", "user_id", "nobody")).assertProblem(CommonProblem.NOT_FOUND);
        preview(Map.of("prompt", "x", "bot", "nobody")).assertProblem(CommonProblem.NOT_FOUND);
    }

    @Test
    void showsWhatStandsBeforeTheHistory() {
        // when
        var answer =
                preview(
                        Map.of(
                                "prompt",
                                "[{{conversation_summary}}] {{conversation_history}}",
                                "history",
                                List.of(Map.of("user", "Hi", "bot", "Hello")),
                                "summary",
                                "Likes tea.",
                                "greeting",
                                "Namaste!"));

        // then
        assertThat(answer.text("text"))
                .isEqualTo("[Likes tea.] bot: Namaste!\nuser: Hi\nbot: Hello");
        assertThat(answer.json().path("messages").get(0).path("content").asString())
                .isEqualTo("Namaste!");
    }

    @Test
    void showsWhatWasNotedOfARealUsersConversationUpToTheInstant() {
        // given
        var guest = door.guest();
        var session = guest.begin("plain");
        door.execute(
                """
                insert into chat.session_summaries
                  (session_id, version, through_sequence, text, provider, model, input_tokens, output_tokens,
                   prompt_hash, created_at)
                values ('%1$s', 1, 10, 'Older.', 'openai', 'm', 1, 1, 'h', '2026-01-01'),
                       ('%1$s', 2, 20, 'Newer.', 'openai', 'm', 1, 1, 'h', '2026-01-10'),
                       ('%1$s', 3, 30, 'Too late.', 'openai', 'm', 1, 1, 'h', '2026-02-01')
                """
                        .formatted(session));

        // when
        var answer =
                preview(
                        Map.of(
                                "prompt", "{{conversation_summary}}",
                                "bot", "plain",
                                "user_id", guest.name(),
                                "at", "2026-01-15T09:15:00Z"));

        // then
        assertThat(answer.text("text")).isEqualTo("Newer.");
    }

    /** Nor is a gateway missed, which would be the answer to anything else that is to be sent. */
    @Test
    void sendsNothingThatTheWorkerWouldNotSend() {
        // when
        var answer =
                preview(
                        Map.of(
                                "prompt",
                                "x".repeat(40),
                                "message",
                                "y".repeat(40),
                                "prompt_token_limit",
                                10,
                                "send",
                                true,
                                "provider",
                                "openai",
                                "model",
                                "m"));

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("findings").valueStream())
                .extracting(finding -> finding.path("code").asString())
                .contains("turn_too_large");
        assertThat(answer.json().path("reply").path("failure").asString())
                .startsWith("turn_too_large: about 20 tokens");
    }

    @Test
    void remembersWhatARealUserWantsToBeRemembered() {
        // given
        var guest = door.guest();
        door.execute(
                """
                insert into chat.memories (memory_id, user_id, text, origin, created_at)
                select gen_random_uuid(), '%s', text, 'user', at::timestamptz
                  from (values ('Likes tea', '2026-01-01'), ('Too late', '2026-02-01')) as said (text, at)
                """
                        .formatted(guest.name()));

        // when
        var answer =
                preview(
                        Map.of(
                                "prompt", "a: {$memories: all}",
                                "kind", "structured",
                                "user_id", guest.name(),
                                "at", "2026-01-15T09:15:00Z"));

        // then
        assertThat(answer.text("text")).as(answer.body()).isEqualTo("a:\n- Likes tea\n");
    }

    @Test
    void comparesWithTheActiveRevision() {
        // when
        var answer = preview(Map.of("prompt", "You are a guest.", "against", "plain"));

        // then
        assertThat(answer.text("diff"))
                .isEqualTo(
                        """
                        --- active
                        +++ preview
                        @@ -1 +1 @@
                        -You are a test.
                        \\ No newline at end of file
                        +You are a guest.
                        \\ No newline at end of file
                        """);
        assertThat(preview(Map.of("prompt", "You are a test.", "against", "plain")).text("diff"))
                .isEmpty();
        preview(Map.of("prompt", "x", "against", "hollow"))
                .assertProblem(ProblemCode.BOT_NOT_CONFIGURED);
    }

    @Test
    void showsAMalformedDocumentAsAFinding() {
        // when
        var answer = preview(Map.of("prompt", "a: b\nc: [d", "kind", "structured"));

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("text")).isEmpty();
        assertThat(answer.json().path("findings").get(0).path("code").asString())
                .isEqualTo("malformed_document");
        assertThat(answer.json().path("findings").get(0).path("line").asInt()).isEqualTo(2);
    }

    @Test
    void sendsNothingWithoutAGateway() {
        // when
        var answer =
                preview(Map.of("prompt", "x", "send", true, "provider", "openai", "model", "m"));

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(answer.text("detail")).contains("no gateway is configured");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                          | prompt
                    {"prompt": 7}                               | prompt
                    {"prompt": "x", "kind": "poem"}             | kind
                    {"prompt": "x", "at": "noon"}               | at
                    {"prompt": "x", "history": "Hi"}            | history
                    {"prompt": "x", "history": [{"role": "god", "text": "x"}]} | role
                    {"prompt": "x", "history": [{"role": "user"}]}  | text
                    {"prompt": "x", "history": [{"mood": "x"}]} | mood
                    {"prompt": "x", "facts": 7}                 | facts
                    {"prompt": "x", "facts": [{"text": "x"}]}   | kind
                    {"prompt": "x", "facts": [{"kind": "x", "state": "new"}]} | state
                    {"prompt": "x", "memories": "tea"}          | memories
                    {"prompt": "x", "user": "Asha"}             | user
                    {"prompt": "x", "user": {}, "user_id": "x"} | user_id
                    {"prompt": "x", "bot": 7}                   | bot
                    {"prompt": "x", "bot": {"mood": "x"}}       | mood
                    {"prompt": "x", "app_id": []}               | app_id
                    {"prompt": "x", "message_id": "1"}          | message_id
                    {"prompt": "x", "metadata": {"history_tokens": -1}} | history_tokens
                    {"prompt": "x", "metadata": []}             | metadata
                    {"prompt": "x", "colour": "x"}              | colour
                    """)
    void refusesWhatItCannotUseAndNamesIt(String body, String field) {
        // when
        var answer = author.post(PREVIEW, body);

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(answer.text("detail")).contains(field).contains("(expected: ");
    }
}
