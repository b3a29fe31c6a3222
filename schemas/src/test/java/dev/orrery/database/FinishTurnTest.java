package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.database.Scene.Person;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code chat.finish_turn}: who may end a turn, what it then costs, and what becomes of the
 * session.
 */
class FinishTurnTest {

    private static final long PRICE = 5_000_000;

    private static Client superuser;
    private static Client llm;
    private static Scene scene;
    private static Person person;

    private final UUID run = UUID.randomUUID();
    private UUID session = UUID.randomUUID();
    private UUID turn = UUID.randomUUID();

    @BeforeAll
    static void open() throws SQLException {
        var database = MigratedDatabase.create();
        superuser = database.asSuperuser();
        llm = database.as("orrery_llm");
        scene = new Scene(superuser);
        person = scene.person(Scene.PLENTY);
    }

    @AfterAll
    static void close() throws SQLException {
        assertThat(superuser.differences()).isEmpty();
        llm.close();
        superuser.close();
    }

    @BeforeEach
    void accept() throws SQLException {
        accept(Scene.perMessage(PRICE));
    }

    private void accept(String price) throws SQLException {
        session = scene.session(person, scene.bot(price));
        turn = scene.turn(session, person);
        llm.begin(turn, run, Client.LEASE_MILLIS);
    }

    @Test
    void storesTheAnswerOfTheRunThatHoldsTheTurn() throws SQLException {
        // when
        var answer = llm.complete(turn, run);

        // then
        assertThat(answer.verdict()).isEqualTo("finished");
        assertThat(answer.row().state()).isEqualTo("completed");
        assertThat(answer.row().ended())
                .returns("Hello", Turn.End::text)
                .returns(PRICE, Turn.End::charge)
                .returns(0L, Turn.End::uncollected)
                .returns(java.util.List.of(2, 5), Turn.End::chunkEnds);
    }

    @Test
    void freesTheSessionAndKeepsTheHoldUntilItIsBooked() throws SQLException {
        // when
        llm.complete(turn, run);

        // then
        assertThat(scene.session(session).openTurn()).isNull();
        assertThat(scene.hold(turn)).isEqualTo("held");
    }

    @Test
    void answersWhoeverComesLaterWithTheFirstEnd() throws SQLException {
        // given
        var first = llm.cancel(turn);

        // when
        var second = llm.complete(turn, run);

        // then
        assertThat(second).isEqualTo(new Answer("already", null, first.row()));
    }

    @Test
    void refusesTheAnswerOfARunThatHasLostTheTurn() throws SQLException {
        // given
        var zombie = UUID.randomUUID();
        turn = scene.turn(scene.session(person, scene.bot(Scene.perMessage(PRICE))), person);
        llm.begin(turn, zombie, Client.LAPSED);
        llm.begin(turn, run, Client.LEASE_MILLIS);

        // when
        var answer = llm.complete(turn, zombie);

        // then
        assertThat(answer.verdict()).isEqualTo("superseded");
        assertThat(answer.row().state()).isEqualTo("open");
    }

    @Test
    void takesTheAnswerOfARunWhoseLapsedLeaseNobodyTook() throws SQLException {
        // given
        turn = scene.turn(scene.session(person, scene.bot(Scene.perMessage(PRICE))), person);
        llm.begin(turn, run, Client.LAPSED);

        // when
        var answer = llm.complete(turn, run);

        // then
        assertThat(answer.verdict()).isEqualTo("finished");
    }

    @Test
    void knowsNoTurnThatWasNeverAccepted() throws SQLException {
        // when
        var answer = llm.fail(UUID.randomUUID());

        // then
        assertThat(answer).isEqualTo(new Answer("unknown", null, null));
    }

    @Test
    void endsTheReplyInAnEpochNoRunHasWrittenToWhenAnOutsiderEndsIt() throws SQLException {
        // when
        var answer = llm.fail(turn);

        // then
        assertThat(answer.row().ended())
                .returns(101L, Turn.End::epoch)
                .returns(java.util.List.of(), Turn.End::chunkEnds)
                .returns(false, Turn.End::openedByRestart);
    }

    @Test
    void endsTheReplyInTheEpochItsRunNamed() throws SQLException {
        // when
        var answer =
                llm.finish(
                        turn,
                        run,
                        "failed",
                        "{\"code\": \"internal\", \"epoch\": 3, \"opened_by_restart\": true, \"chunk_ends\": [0, 0]}");

        // then
        assertThat(answer.row().ended())
                .returns(3L, Turn.End::epoch)
                .returns(true, Turn.End::openedByRestart)
                .returns(java.util.List.of(0, 0), Turn.End::chunkEnds);
    }

    @Test
    void chargesNothingForATurnThatFailedEvenIfPiecesWereShown() throws SQLException {
        // given
        llm.renew(turn, run, 100, 50);

        // when
        var answer = llm.fail(turn);

        // then
        assertThat(answer.row().ended().charge()).isZero();
    }

    @Test
    void chargesNothingForACancelBeforeTheFirstVisibleText() throws SQLException {
        // when
        var answer = llm.cancel(turn);

        // then
        assertThat(answer.row().ended().charge()).isZero();
    }

    @Test
    void chargesWhatWasDeliveredForACancelAfterTheFirstVisibleText() throws SQLException {
        // given
        accept(Scene.perThousandTokens(200_000, 600_000));
        llm.renew(turn, run, 812, 95);

        // when
        var answer = llm.cancel(turn);

        // then
        assertThat(answer.row().ended().charge()).isEqualTo(219_400);
    }

    @Test
    void chargesTheMinimumButNeverMoreThanTheHold() throws SQLException {
        // given
        accept(
                """
                {"unit": "token", "currency": "INR", "input_per_1k_micros": 200000, "output_per_1k_micros": 600000,
                 "minimum_micros": 100000}
                """);
        var atMinimum = llm.complete(turn, run, 100, 10).row().ended();
        accept(Scene.perThousandTokens(200_000, 600_000));

        // when
        var aboveHold = llm.complete(turn, run, 4_000, 500).row().ended();

        // then
        assertThat(atMinimum)
                .returns(100_000L, Turn.End::charge)
                .returns(0L, Turn.End::uncollected);
        assertThat(aboveHold)
                .returns(700_000L, Turn.End::charge)
                .returns(400_000L, Turn.End::uncollected);
        assertThat(
                        superuser.number(
                                "select uncollected_micros from billing.uncollected where turn_id = ?",
                                turn))
                .isEqualTo(400_000);
    }

    @Test
    void endsEvenATurnWhoseTokensNoPriceCanMultiply() throws SQLException {
        // given
        accept(Scene.perThousandTokens(1_000_000_000L, 1_000_000_000L));

        // when
        var answer = llm.complete(turn, run, Long.MAX_VALUE, Long.MAX_VALUE);

        // then
        assertThat(answer.verdict()).isEqualTo("finished");
        assertThat(answer.row().ended().charge()).isEqualTo(answer.row().hold());
    }

    @ParameterizedTest
    @CsvSource({
        "{\"text\": null; \"input_tokens\": 1; \"output_tokens\": 1; \"epoch\": 1}",
        "{\"text\": \"\"; \"input_tokens\": 1; \"output_tokens\": 1; \"epoch\": 1}",
        "{\"text\": \"Hi\"; \"output_tokens\": 1; \"epoch\": 1}",
        "{\"text\": \"Hi\"; \"input_tokens\": 1; \"epoch\": 1}",
        "{\"text\": \"Hi\"; \"input_tokens\": 1; \"output_tokens\": 1}",
    })
    void refusesAnAnswerWithoutATextOrItsTokensOrItsEpoch(String result) {
        // when
        var json = result.replace(';', ',');

        // then
        assertThatThrownBy(() -> llm.finish(turn, run, "completed", json))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
    }

    @Test
    void refusesAnAnswerOfNobody() {
        assertThatThrownBy(() ->
                        llm.finish(
                                turn,
                                null,
                                "completed",
                                "{\"text\": \"Hi\", \"input_tokens\": 1, \"output_tokens\": 1}"))
                .hasMessageContaining("needs a run");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 101, -1, Long.MAX_VALUE})
    void refusesAnEndInAnEpochThatIsNotTheRuns(long epoch) throws SQLException {
        // when
        var result = "{\"code\": \"internal\", \"epoch\": %d}".formatted(epoch);

        // then
        assertThatThrownBy(() -> llm.finish(turn, run, "failed", result))
                .hasMessageContaining("epoch: " + epoch + " (expected: one of run 1");
        assertThat(superuser.turn(turn).state()).isEqualTo("open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "cancelled"})
    void refusesAnEndWithoutAnAnswerAndWithoutACode(String state) {
        assertThatThrownBy(() -> llm.finish(turn, null, state, "{\"code\": \"\"}"))
                .hasMessageContaining("needs a code");
        assertThatThrownBy(() -> llm.finish(turn, null, state, null))
                .hasMessageContaining("needs a code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "done", ""})
    void refusesAStateThatIsNoEnd(String state) {
        assertThatThrownBy(() -> llm.finish(turn, null, state, "{}"))
                .hasMessageContaining("expected: completed");
    }

    @Test
    void chargesTheStartedMinutesOfASessionOnceHoweverManyTurnsItHas() throws SQLException {
        // given
        accept(Scene.perMinute(3_000_000)); // first accepted now, answered after 10 s
        scene.passTime(session, 10_000);
        llm.complete(turn, run);
        turnAfter(15_000); // answered after 25 s: still in the first minute
        turnAfter(40_000); // 65 s: the second minute has started
        turnAfter(180_000); // 245 s: so have the third, the fourth and the fifth

        // when
        var charges = superuser.turnsOf(session).stream().map(t -> t.ended().charge()).toList();

        // then
        assertThat(charges).containsExactly(3_000_000L, 0L, 3_000_000L, 9_000_000L);
    }

    @Test
    void givesTheMinutesOfAFreeMessageAway() throws SQLException {
        // given
        accept(
                """
                {"unit": "minute", "currency": "INR", "per_minute_micros": 3000000, "free_messages": 1}
                """);
        scene.passTime(session, 70_000);
        llm.complete(turn, run); // two minutes, free

        // when
        turnAfter(10_000);
        turnAfter(60_000);

        // then
        assertThat(superuser.turnsOf(session))
                .extracting(t -> t.ended().charge())
                .containsExactly(0L, 0L, 3_000_000L);
    }

    @Test
    void spendsAFreeMessageThatWasStoppedAfterItsTextWasShown() throws SQLException {
        // given
        accept(Scene.perMessage(PRICE, 1));
        llm.renew(turn, run, 100, 50);

        // when
        llm.cancel(turn);

        // then
        assertThat(scene.session(session).freeUsed()).isEqualTo(1);
        assertThat(superuser.turn(scene.turn(session, person)).free()).isFalse();
    }

    @Test
    void keepsAFreeMessageThatWasStoppedBeforeItsTextWasShown() throws SQLException {
        // given
        accept(Scene.perMessage(PRICE, 1));

        // when
        llm.cancel(turn);

        // then
        assertThat(scene.session(session).freeUsed()).isZero();
    }

    /** The next turn of the session, accepted and answered after so much more time. */
    private void turnAfter(long millis) throws SQLException {
        scene.passTime(session, millis);
        scene.answeredTurn(session, person);
    }
}
