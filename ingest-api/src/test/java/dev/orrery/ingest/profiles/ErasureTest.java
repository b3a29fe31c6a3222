package dev.orrery.ingest.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;

/** What becomes of a profile that its user takes back. */
@ExtendWith(SharedDoor.class)
class ErasureTest {

    private final RunningDoor door;
    private final User user;

    ErasureTest(RunningDoor door) {
        this.door = door;
        this.user = door.guest();
    }

    @Test
    void deletesEveryVersionAndHandsThemToWhoeverLearnedFromThem() {
        // given
        user.send(HttpMethod.PUT, "/v1/me", "{\"name\": \"Asha Rao\"}", Map.of());

        // when
        var answer = erase();

        // then
        assertThat(answer.status()).isEqualTo(204);
        user.get("/v1/me").assertProblem(CommonProblem.NOT_FOUND);
        assertThat(rows("chat.profiles")).isEmpty();
        assertThat(rows("chat.erasures")).isEqualTo("1;2");
    }

    @Test
    void deletesWhatTheUserWantedRememberedAndWroteAboutAnswers() {
        // given
        var message = user.say(user.begin("plain"), "Hello").text("id");
        user.post("/v1/messages/" + message + "/cancel", "");
        user.post(
                "/v1/messages/" + message + "/feedback",
                "{\"rating\": \"down\", \"comment\": \"I am Asha Rao of Pune\"}");
        user.post("/v1/me/memories", "{\"text\": \"I live in Pune\"}");
        assertThat(user.all("/v1/me/memories", 2)).hasSize(1);
        assertThat(feedback(message)).isEqualTo("down I am Asha Rao of Pune");

        // when
        erase();

        // then
        assertThat(user.all("/v1/me/memories", 2)).isEmpty();
        assertThat(feedback(message)).isEqualTo("down -");
    }

    @Test
    void deletesWhatWasNotedOfTheUsersConversationsAndOfNobodyElses() {
        // given
        var mine = user.begin("plain");
        var others = door.guest().begin("plain");
        noted(mine);
        noted(others);

        // when
        erase();

        // then
        assertThat(notes(mine)).isEqualTo("0");
        assertThat(notes(others)).isEqualTo("1");
    }

    private void noted(String session) {
        door.execute(
                """
                insert into chat.session_summaries
                  (session_id, version, through_sequence, text, provider, model, input_tokens, output_tokens, prompt_hash)
                values ('%s', 1, 10, 'Asha lives in Pune.', 'openai', 'm', 1, 1, 'h')
                """
                        .formatted(session));
    }

    private String notes(String session) {
        return door.query(
                "select count(*) from chat.session_summaries where session_id = '" + session + "'");
    }

    @Test
    void leavesOthersTheirMemories() {
        // given
        var other = door.guest();
        other.post("/v1/me/memories", "{\"text\": \"I live in Pune, too\"}");

        // when
        erase();

        // then
        assertThat(other.all("/v1/me/memories", 2)).hasSize(1);
    }

    @Test
    void keepsTheWalletAndTheConversations() {
        // given
        var session = user.begin("plain");

        // when
        erase();

        // then
        assertThat(user.get("/v1/sessions/" + session).status()).isEqualTo(200);
        assertThat(user.get("/v1/wallet").json().path("posted_micros").asLong())
                .isEqualTo(1_000_000_000L);
    }

    @Test
    void asksAnewForWhatABotRequires() {
        // given
        var session = user.begin("mira");
        erase();

        // when
        var answer = user.say(session, "Hello?");

        // then
        answer.assertProblem(ProblemCode.PROFILE_INCOMPLETE);
    }

    @Test
    void neverUsesTheNumberOfAVersionAgain() {
        // given
        erase();

        // when
        var next = user.putProfile();

        // then
        assertThat(next.json().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void saysTheSameToWhoeverHasNoProfile() {
        // given
        var before = door.fingerprint();

        // when
        var answer = door.stranger().send(HttpMethod.DELETE, "/v1/me", null, Map.of());

        // then
        assertThat(answer.status()).isEqualTo(204);
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    private Answer erase() {
        return user.send(HttpMethod.DELETE, "/v1/me", null, Map.of());
    }

    private String feedback(String message) {
        return door.query(
                "select rating || ' ' || coalesce(comment, '-') from chat.feedback where turn_id = '"
                        + message
                        + "'");
    }

    private String rows(String table) {
        return door.query(
                "select version from "
                        + table
                        + " where user_id = '"
                        + user.name()
                        + "' order by version");
    }
}
