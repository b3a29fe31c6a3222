package dev.orrery.ingest.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedDoor.class)
class FeedbackTest {

    private final RunningDoor door;
    private final User user;

    FeedbackTest(RunningDoor door) {
        this.door = door;
        this.user = door.guest();
    }

    private String answered() {
        var message = user.say(user.begin("plain"), "Hello").text("id");
        try (var pipeline = new FakePipeline(door)) {
            pipeline.answer(message, "Hi");
        }
        return message;
    }

    private Answer rate(String message, String body) {
        return user.post("/v1/messages/" + message + "/feedback", body);
    }

    private String stored(String message) {
        return door.query(
                "select rating || ' ' || coalesce(comment, '-') from chat.feedback where turn_id = '"
                        + message
                        + "'");
    }

    @Test
    void isKeptAndCanBeChanged() {
        // given
        var message = answered();

        // when
        var up = rate(message, "{\"rating\": \"up\", \"comment\": \"Kind!\"}");
        var down = rate(message, "{\"rating\": \"down\"}");

        // then
        assertThat(up.status()).as(up.body()).isEqualTo(200);
        assertThat(up.text("message_id")).isEqualTo(message);
        assertThat(up.text("comment")).isEqualTo("Kind!");
        assertThat(down.text("rating")).isEqualTo("down");
        assertThat(stored(message)).isEqualTo("down -");
    }

    @Test
    void saysTheSameWhenItIsSaidAgain() {
        // given
        var message = answered();
        var first = rate(message, "{\"rating\": \"up\"}");

        // when
        var again = rate(message, "{\"rating\": \"up\"}");

        // then
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void isOfAMessageThatHasEnded() {
        // given
        var message = user.say(user.begin("plain"), "Hello").text("id");

        // when
        var early = rate(message, "{\"rating\": \"up\"}");
        user.post("/v1/messages/" + message + "/cancel", "");
        var late = rate(message, "{\"rating\": \"down\"}");

        // then
        early.assertProblem(ProblemCode.MESSAGE_NOT_FINISHED);
        assertThat(late.status()).as(late.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"rating\": \"UP\"}",
                "{\"rating\": 1}",
                "{\"rating\": null}",
                "{\"rating\": \"up\", \"comment\": \"\"}",
                "{\"rating\": \"up\", \"stars\": 5}"
            })
    void isUpOrDown(String body) {
        // given
        var message = answered();

        // when
        var answer = rate(message, body);

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(stored(message)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-4000-8000-000000000000", "1"})
    void isNotOfAMessageThatIsNone(String message) {
        rate(message, "{\"rating\": \"up\"}").assertProblem(CommonProblem.NOT_FOUND);
    }
}
