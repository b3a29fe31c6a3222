package dev.orrery.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.pipeline.database.Columns;
import dev.orrery.pipeline.stage.StageFailure;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

@ExtendWith(SharedDoor.class)
class StoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Store hasty;

    StoreTest(RunningDoor door) {
        this.hasty =
                new Store(
                        door.bean(DatabaseClient.class),
                        door.bean(ConnectionFactory.class),
                        new StoreSettings(Duration.ofMillis(200)));
    }

    private static Mono<String> slow(Store store) {
        return store.one(
                store.sql(
                        "select pg_sleep(0.6)::text || current_setting('statement_timeout') as timeout"),
                row -> Columns.required(row, "timeout", String.class));
    }

    @Test
    void givesUpWhatTakesTooLong() {
        // when
        var answer = slow(hasty);

        // then
        assertThatThrownBy(() -> answer.block(PATIENCE)).isInstanceOf(StageFailure.Transient.class);
    }

    @Test
    void waitsLongerForWhatIsSaidToBeSlowAndTellsTheDatabaseSo() {
        // when
        var answer = hasty.slowly(Duration.ofSeconds(15), StoreTest::slow).block(PATIENCE);

        // then
        assertThat(answer).isEqualTo("15s");
    }
}
