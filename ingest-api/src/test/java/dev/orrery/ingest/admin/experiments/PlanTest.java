package dev.orrery.ingest.admin.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the users are cut into arms. */
@ExtendWith(SharedDoor.class)
class PlanTest {

    private final RunningDoor door;
    private final User admin;

    PlanTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,1          | 0-4999 5000-9999",
                "90,10        | 0-8999 9000-9999",
                "1,1,1        | 0-3332 3333-6666 6667-9999",
                "9999,1       | 0-9998 9999-9999",
                "2,3,5,10     | 0-999 1000-2499 2500-4999 5000-9999"
            })
    void leavesNobodyOutAndNobodyTwice(String weights, String expected) {
        // given
        var bot = admin.liveBot();
        var config =
                admin.all("/admin/v1/bots/" + bot + "/llm-configs", 1)
                        .getFirst()
                        .path("id")
                        .asString();
        var each = weights.strip().split(",");
        var arms =
                IntStream.range(0, each.length)
                        .mapToObj(i ->
                                "{\"name\": \"arm-%d\", \"config\": \"%s\", \"weight\": %s}"
                                        .formatted(i, config, each[i]))
                        .toList();

        // when
        var made =
                admin.post(
                        "/admin/v1/bots/" + bot + "/experiments",
                        "{\"name\": \"cut\", \"arms\": [" + String.join(", ", arms) + "]}");

        // then
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(
                        door.query(
                                """
                                select string_agg(first_bucket || '-' || last_bucket, ' ' order by position)
                                  from chat.experiment_arms where experiment_id = '%s'
                                """
                                        .formatted(made.text("id"))))
                .isEqualTo(expected);
    }
}
