package dev.orrery.ingest.admin.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a preview shows of a prompt, given all that stands in it. */
@ExtendWith(SharedDoor.class)
class PreviewTest {

    private final PreviewAuthor author;

    PreviewTest(RunningDoor door) {
        this.author = new PreviewAuthor(door.stranger());
    }

    /** The example of the specification, by inline values alone. */
    @Test
    void previewsATemplateByteForByte() {
        // when
        var answer =
                author.previews(
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
    void previewsADocumentGivenAsJson() {
        // when
        var answer =
                author.previews(
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
                author.previews(
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
    void showsWhatStandsBeforeTheHistory() {
        // when
        var answer =
                author.previews(
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
                        author.previews(
                                        Map.of(
                                                "prompt",
                                                "{{user_astro_data}}",
                                                "facts",
                                                List.of(stale)))
                                .text("text"))
                .contains("last confirmed on 14 January 2026");
        assertThat(
                        author.previews(
                                        Map.of(
                                                "prompt",
                                                "{{user_astro_data}}",
                                                "facts",
                                                List.of(absent)))
                                .text("text"))
                .isEqualTo("The user has not given birth details.");
    }

    @Test
    void showsAMalformedDocumentAsAFinding() {
        // when
        var answer = author.previews(Map.of("prompt", "a: b\nc: [d", "kind", "structured"));

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("text")).isEmpty();
        assertThat(answer.json().path("findings").get(0).path("code").asString())
                .isEqualTo("malformed_document");
        assertThat(answer.json().path("findings").get(0).path("line").asInt()).isEqualTo(2);
    }

    @Test
    void comparesWithTheActiveRevision() {
        // when
        var answer = author.previews(Map.of("prompt", "You are a guest.", "against", "plain"));

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
        assertThat(
                        author.previews(Map.of("prompt", "You are a test.", "against", "plain"))
                                .text("diff"))
                .isEmpty();
        author.previews(Map.of("prompt", "x", "against", "hollow"))
                .assertProblem(ProblemCode.BOT_NOT_CONFIGURED);
    }
}
