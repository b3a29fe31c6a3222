package dev.orrery.pipeline.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * Whose turn it is, on the real functions in a real PostgreSQL, as the role of a worker: one run
 * holds a turn, until its lease has lapsed or the turn has ended.
 */
class TurnLeasesTest {

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
    void givesAFreshTurnToTheFirstRun() throws SQLException {
        // given
        var turn = database.acceptedTurn();

        // when
        var grant = turns.begin(turn, run).block(PATIENCE);

        // then
        assertThat(grant)
                .isInstanceOfSatisfying(
                        RunGrant.Yours.class,
                        yours -> {
                            assertThat(yours.firstEpoch()).isEqualTo(1);
                            assertThat(yours.takenOver()).isFalse();
                            assertThat(yours.row().turnId()).isEqualTo(turn);
                            assertThat(yours.row().requestText()).isEqualTo("Will I be famous?");
                            assertThat(yours.row().replyPartition()).isEqualTo(7);
                            assertThat(yours.row().replyOffset()).isEqualTo(1234);
                            assertThat(yours.row().currency()).isEqualTo("INR");
                            assertThat(yours.row().ending()).isNull();
                        });
    }

    @Test
    void tellsAnotherRunHowLongToWait() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        turns.begin(turn, run).block(PATIENCE);

        // when
        var grant = turns.begin(turn, otherRun).block(PATIENCE);

        // then
        assertThat(grant)
                .isInstanceOfSatisfying(
                        RunGrant.Leased.class,
                        leased ->
                                assertThat(leased.remaining())
                                        .isBetween(Duration.ofMillis(1), Duration.ofMinutes(1)));
    }

    @Test
    void keepsTheEpochsOfARunThatAsksAgain() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        var first = turns.begin(turn, run).block(PATIENCE);

        // when
        var again = turns.begin(turn, run).block(PATIENCE);

        // then
        assertThat(again)
                .isInstanceOfSatisfying(RunGrant.Yours.class, yours -> sameEpochs(yours, first));
    }

    private static void sameEpochs(RunGrant.Yours yours, @Nullable RunGrant first) {
        assertThat(first)
                .isInstanceOfSatisfying(
                        RunGrant.Yours.class,
                        before -> assertThat(yours.firstEpoch()).isEqualTo(before.firstEpoch()));
    }

    @Test
    void givesATurnToOneOfManyRunsThatAskAtOnce() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        var runs = Stream.generate(UUID::randomUUID).limit(50).toList();

        // when
        var grants =
                Flux.fromIterable(runs)
                        .flatMap(each -> turns.begin(turn, each), runs.size())
                        .collectList()
                        .subscribeOn(Schedulers.parallel())
                        .block(PATIENCE);

        // then
        assertThat(grants).filteredOn(RunGrant.Yours.class::isInstance).hasSize(1);
        assertThat(grants).filteredOn(RunGrant.Leased.class::isInstance).hasSize(49);
    }

    @Test
    void givesTheTurnOfALapsedRunToTheNextOneWithEpochsOfItsOwn() throws SQLException {
        // given
        var turn = database.acceptedTurn();
        var hasty = new TurnRows(database.asWorker(), Duration.ofMillis(1));
        hasty.begin(turn, run).block(PATIENCE);

        // when
        var grant =
                await().atMost(PATIENCE)
                        .until(
                                () -> turns.begin(turn, otherRun).block(PATIENCE),
                                RunGrant.Yours.class::isInstance);

        // then
        assertThat(grant)
                .isInstanceOfSatisfying(
                        RunGrant.Yours.class,
                        yours -> {
                            assertThat(yours.firstEpoch()).isEqualTo(101);
                            assertThat(yours.takenOver()).isTrue();
                        });
    }

    @Test
    void tellsARunWhichOfItsTurnsItHasLost() throws SQLException {
        // given
        var held = database.acceptedTurn();
        var cancelled = database.acceptedTurn();
        turns.begin(held, run).block(PATIENCE);
        turns.begin(cancelled, run).block(PATIENCE);
        turns.finish(cancelled, new Finish.Cancelled()).block(PATIENCE);

        // when
        var lost =
                turns.renew(
                        List.of(
                                new Turns.RunProgress(held, run, 100, 7),
                                new Turns.RunProgress(cancelled, run, 100, 0)));

        // then
        StepVerifier.create(lost).expectNext(cancelled).expectComplete().verify(PATIENCE);
        assertThat(database.isTrue("delivered_output = 7", held)).isTrue();
    }
}
