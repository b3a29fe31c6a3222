package dev.orrery.ingest.admin.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.pipeline.http.CommonProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a preview looks up of real users and bots, what it leaves out, and what it refuses. */
@ExtendWith(SharedDoor.class)
class PreviewRequestsTest {

    private final RunningDoor door;
    private final PreviewAuthor author;

    PreviewRequestsTest(RunningDoor door) {
        this.door = door;
        this.author = new PreviewAuthor(door.stranger());
    }

    @Test
    void hashesTheToolsThatAPromptOffers() {
        // given
        var tools = Map.of("tools", List.of(Map.of("name", "open_map")));

        // when
        var without = author.previews(Map.of("prompt", "Hi", "message", "Hello"));
        var with = author.previews(Map.of("prompt", "Hi", "message", "Hello", "metadata", tools));

        // then
        assertThat(with.status()).as(with.body()).isEqualTo(200);
        assertThat(with.text("hash")).isNotEqualTo(without.text("hash"));
        assertThat(with.text("text")).isEqualTo(without.text("text"));
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
        var roomy = author.previews(limited(turn, 18));
        var tight = author.previews(limited(turn, 16));
        var tooTight = author.previews(limited(turn, 13));

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

    /** 200,001 bytes fit into a body; as characters they would be 66,667. */
    @Test
    void boundsTheSourceAsTheBodyIsBounded() {
        // when
        var answer = author.previews(Map.of("prompt", "म".repeat(66_667)));

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(answer.text("detail"))
                .isEqualTo("prompt: 200001 bytes of UTF-8 (expected: at most 196608)");
        assertThat(
                        author.previews(
                                        Map.of(
                                                "prompt",
                                                "म".repeat(65_536),
                                                "prompt_token_limit",
                                                60_000))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void previewsForARealUserAndARealBot() {
        // given
        var guest = door.guest();

        // when
        var answer =
                author.previews(
                        Map.of(
                                "prompt", "{{bot_name}} {{user_name}}",
                                "bot", "mira",
                                "user_id", guest.name()));

        // then
        assertThat(answer.text("text")).isEqualTo("Mira Asha");
        author.previews(Map.of("prompt", "x", "user_id", "nobody"))
                .assertProblem(CommonProblem.NOT_FOUND);
        author.previews(Map.of("prompt", "x", "bot", "nobody"))
                .assertProblem(CommonProblem.NOT_FOUND);
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
                author.previews(
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
                author.previews(
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
                author.previews(
                        Map.of(
                                "prompt", "a: {$memories: all}",
                                "kind", "structured",
                                "user_id", guest.name(),
                                "at", "2026-01-15T09:15:00Z"));

        // then
        assertThat(answer.text("text")).as(answer.body()).isEqualTo("a:\n- Likes tea\n");
    }

    @Test
    void sendsNothingWithoutAGateway() {
        // when
        var answer =
                author.previews(
                        Map.of("prompt", "x", "send", true, "provider", "openai", "model", "m"));

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(answer.text("detail")).contains("no gateway is configured");
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
        var answer = author.sends(body);

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(answer.text("detail")).contains(field).contains("(expected: ");
    }

    private static Map<String, Object> limited(Map<String, Object> turn, int tokens) {
        var limited = new HashMap<>(turn);
        limited.put("prompt_token_limit", tokens);
        return limited;
    }
}
