package dev.orrery.pipeline.turn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyPosition;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * How a turn ends and what its row keeps, on the real functions in a real PostgreSQL, as the role
 * of a worker.
 */
class TurnRowsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static ChatDatabase database;
    private static Turns turns;

    private final UUID run = UUID.randomUUID();
    private final UUID otherRun = UUID.randomUUID();

    @BeforeAll
    static void start() throws SQLException {
        database = new ChatDatabase();
        turns = new TurnRows(database.asWorker(), Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
    }

    @Test
    void doesNotKnowATurnThatWasNeverAccepted() {
        // given
        var turn = UUID.randomUUID();

        // when
        var begun = turns.begin(turn, run).block(PATIENCE);
        var finished = turns.finish(turn, new Finish.Cancelled()).block(PATIENCE);

        // then
        assertThat(begun).isEqualTo(new RunGrant.Unknown());
        assertThat(finished).isEqualTo(new FinishVerdict.Unknown());
    }

    @Test
    void storesAnAnswerAndGivesItBackAsItWas() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        turns.begin(turn, run).block(PATIENCE);
        var firstTokenAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var answer = answer("Very, very \uD83C\uDF19.", firstTokenAt);

        // when
        var verdict = turns.finish(turn, answer).block(PATIENCE);

        // then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        FinishVerdict.Ended.class,
                        ended -> {
                            assertThat(ended.byThisCall()).isTrue();
                            var ending = requireNonNull(ended.row().ending());
                            assertThat(ending.state()).isEqualTo(TurnRow.State.COMPLETED);
                            assertThat(ending.reply()).isEqualTo(answer.reply());
                            assertThat(ending.chargeMicros()).isEqualTo(5_000_000);
                            assertThat(ending.firstTokenAt()).isEqualTo(firstTokenAt);
                            assertThat(ending.chunkEnds()).containsExactly(4, 14);
                            assertThat(ending.terminalPosition())
                                    .isEqualTo(new ReplyPosition(1, 2));
                            assertThat(TurnEvents.outcome(ended.row()).value().getAttempts())
                                    .hasSize(1);
                        });
    }

    @Test
    void storesAnAnswerWithoutWhatTheDatabaseCannotHold() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        turns.begin(turn, run).block(PATIENCE);

        // when
        var verdict = turns.finish(turn, answer("a\0b\uD83Cc", Instant.now())).block(PATIENCE);

        // then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        FinishVerdict.Ended.class,
                        ended -> assertThat(textOf(ended.row())).isEqualTo("a\uFFFDb\uFFFDc"));
    }

    @Test
    void givesTheStoredEndToWhoeverComesLater() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        turns.begin(turn, run).block(PATIENCE);
        turns.finish(turn, answer("first", Instant.now())).block(PATIENCE);

        // when
        var verdict = turns.finish(turn, new Finish.GivenUp(FailureCode.INTERNAL)).block(PATIENCE);
        var grant = turns.begin(turn, otherRun).block(PATIENCE);

        // then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        FinishVerdict.Ended.class,
                        ended -> {
                            assertThat(ended.byThisCall()).isFalse();
                            assertThat(textOf(ended.row())).isEqualTo("first");
                        });
        assertThat(grant)
                .isInstanceOfSatisfying(
                        RunGrant.Finished.class,
                        done -> assertThat(textOf(done.row())).isEqualTo("first"));
    }

    @Test
    void refusesTheAnswerOfARunThatIsNotTheOwner() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        turns.begin(turn, otherRun).block(PATIENCE);

        // when
        var verdict = turns.finish(turn, answer("late", Instant.now())).block(PATIENCE);

        // then
        assertThat(verdict).isEqualTo(new FinishVerdict.Superseded());
    }

    @Test
    void endsAFailedRunBehindItsDeltasFreeOfCharge() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        turns.begin(turn, run).block(PATIENCE);
        var failed =
                new Finish.RunFailed(
                        run, FailureCode.ALL_PROVIDERS_FAILED, TurnRow.Trail.NONE, 2, true, 3);

        // when
        var verdict = turns.finish(turn, failed).block(PATIENCE);

        // then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        FinishVerdict.Ended.class,
                        ended -> {
                            var ending = requireNonNull(ended.row().ending());
                            assertThat(ending.code()).isEqualTo("all_providers_failed");
                            assertThat(ending.chargeMicros()).isZero();
                            assertThat(ending.terminalPosition())
                                    .isEqualTo(new ReplyPosition(2, 4));
                        });
    }

    @Test
    void endsATurnForSomebodyWhoIsNoRunInAnEpochThatNoRunHasWrittenTo() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        turns.begin(turn, run).block(PATIENCE);

        // when
        var verdict = turns.finish(turn, new Finish.Cancelled()).block(PATIENCE);

        // then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        FinishVerdict.Ended.class,
                        ended -> {
                            var ending = requireNonNull(ended.row().ending());
                            assertThat(ending.state()).isEqualTo(TurnRow.State.CANCELLED);
                            assertThat(ending.code()).isEqualTo("cancelled");
                            assertThat(ending.terminalPosition())
                                    .isEqualTo(new ReplyPosition(101, 0));
                        });
    }

    @Test
    void notesWhatStandsInTheTopics() throws SQLException {
        // given
        var first = database.acceptedTurn();
        var second = database.acceptedTurn();
        turns.finish(second, new Finish.Cancelled()).block(PATIENCE);

        // when
        Mono.when(
                        turns.requestPublished(first),
                        turns.requestPublished(second),
                        turns.outcomePublished(second))
                .block(PATIENCE);

        // then
        assertThat(
                        database.isTrue(
                                "request_published_at is not null and outcome_published_at is null",
                                first))
                .isTrue();
        assertThat(database.isTrue("outcome_published_at is not null", second)).isTrue();
    }

    @Test
    void takesADatabaseThatIsAwayForAFailureThatPasses() throws IOException {
        // given
        int closedPort;
        try (var socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        var nowhere = new DatabaseAddress("127.0.0.1", closedPort, "orrery", false);
        var pool = new Database(nowhere, "orrery_llm", "orrery", 1, "test").open();
        var away = new TurnRows(DatabaseClient.create(pool), Duration.ofSeconds(5));

        // when
        var begun = away.begin(UUID.randomUUID(), run);
        var finished = away.finish(UUID.randomUUID(), new Finish.Cancelled());

        // then
        StepVerifier.create(begun).expectError(StageFailure.Transient.class).verify(PATIENCE);
        StepVerifier.create(finished).expectError(StageFailure.Transient.class).verify(PATIENCE);
        pool.dispose();
    }

    private static final TurnRow.Trail TRAIL =
            new TurnRow.Trail(
                    "abc",
                    "[{\"number\": 1, \"provider\": \"openai\", \"model\": \"gpt-5-mini\","
                            + " \"result\": \"answered\", \"tookMillis\": 12, \"costUsdMicros\": 310}]",
                    310L,
                    "[]",
                    List.of("crisis"));

    private Finish.Completed answer(String text, Instant firstTokenAt) {
        return new Finish.Completed(
                run,
                new TurnRow.StoredReply(
                        text, "stop", "openai", "gpt-5-mini", "eu", 120, 9, null, 3L, true),
                TRAIL,
                false,
                firstTokenAt,
                1,
                false,
                List.of(4, 14));
    }

    private static String textOf(TurnRow row) {
        var ending = row.ending();
        if (ending == null || ending.reply() == null) {
            throw new AssertionError("no reply in " + row);
        }
        return ending.reply().text();
    }
}
