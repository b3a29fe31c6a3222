package dev.orrery.pipeline.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.testing.SharedServers;
import io.r2dbc.pool.ConnectionPool;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A pool of one connection, over a relay that can fall silent. */
class DatabaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TOO_LITTLE = Duration.ofMillis(50);

    private final Relay relay;
    private final ConnectionPool pool;
    private final DatabaseClient client;

    DatabaseTest() throws IOException {
        var server = SharedServers.database();
        var direct = DatabaseAddress.parse(server.url(SharedServers.newDatabase()));
        relay = new Relay(direct.port());
        var relayed = new DatabaseAddress("127.0.0.1", relay.port(), direct.database(), false);
        pool = new Database(relayed, server.superuser(), "none", 1, "test").open();
        client = DatabaseClient.create(pool);
    }

    @AfterEach
    void stop() throws IOException {
        pool.dispose();
        relay.close();
    }

    @Test
    void doesNotHandOutAConnectionAgainThatHasFallenSilent() {
        // given
        backend().block(PATIENCE);
        relay.silenceAll();
        StepVerifier.create(backend().timeout(TOO_LITTLE)).verifyError(TimeoutException.class);

        // when
        var next = backend();

        // then
        StepVerifier.create(next).expectNextCount(1).expectComplete().verify(PATIENCE);
    }

    @Test
    void keepsAConnectionWhoseAnswerWasOnlyLate() {
        // given
        var before = Objects.requireNonNull(backend().block(PATIENCE));
        var slow = client.sql("select pg_sleep(0.2)").then();
        StepVerifier.create(slow.timeout(TOO_LITTLE)).verifyError(TimeoutException.class);

        // when
        var after = backend().block(PATIENCE);

        // then
        assertThat(after).isEqualTo(before);
    }

    /** Which process of the server answers. */
    private Mono<Integer> backend() {
        return client.sql("select pg_backend_pid() as pid")
                .map(row -> Columns.required(row, "pid", Integer.class))
                .one();
    }
}
