package dev.orrery.ingest.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.ingest.testing.User;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;

@ExtendWith(SharedDoor.class)
class MetersTest {

    private static final String STREAMS = "/actuator/metrics/orrery.door.streams";

    private final User user;

    MetersTest(RunningDoor door) {
        this.user = door.stranger();
    }

    @Test
    void areReadByOperatorsAndByNobodyElse() {
        // when
        var operator = asks("admin");
        var chatter = asks("chat");

        // then
        assertThat(operator.status()).isEqualTo(200);
        assertThat(operator.json().path("measurements").path(0).path("value").isNumber()).isTrue();
        chatter.assertProblem(ProblemCode.FORBIDDEN);
    }

    private Answer asks(String scope) {
        return user.send(
                HttpMethod.GET,
                STREAMS,
                null,
                Map.of("Authorization", "Bearer " + Tokens.of(user.name(), scope)));
    }
}
