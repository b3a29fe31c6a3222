package dev.orrery.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

/** What belongs to somebody does not exist for anybody else. */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BelongingsTest {

    private final RunningDoor door;
    private final User thief;
    private final String session;
    private final String message;

    BelongingsTest(RunningDoor door) {
        this.door = door;
        var owner = door.guest();
        this.thief = door.guest();
        this.session = owner.begin("plain");
        this.message = owner.say(session, "Hello", "my-key").text("id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /v1/sessions/{session}          |",
                "PATCH  | /v1/sessions/{session}          | {\"title\": \"Mine\"}",
                "DELETE | /v1/sessions/{session}          |",
                "GET    | /v1/sessions/{session}/messages |",
                "POST   | /v1/sessions/{session}/messages | {\"text\": \"Hello\"}",
                "GET    | /v1/messages/{message}          |",
                "GET    | /v1/messages/{message}/events   |",
                "POST   | /v1/messages/{message}/cancel   |"
            })
    void looksLikeNothingToAnotherUser(String method, String path, String body) {
        // given
        var before = door.fingerprint();
        var theirs = path.replace("{session}", session).replace("{message}", message);
        var nothing = "00000000-0000-4000-8000-000000000000";
        var nobodys = path.replace("{session}", nothing).replace("{message}", nothing);

        // when
        var answer = thief.send(HttpMethod.valueOf(method), theirs, body, Map.of());

        // then
        answer.assertProblem(CommonProblem.NOT_FOUND);
        var unknown = thief.send(HttpMethod.valueOf(method), nobodys, body, Map.of());
        assertThat(answer.text("detail")).isEqualTo(unknown.text("detail"));
        assertThat(door.fingerprint()).isEqualTo(before);
    }
}
