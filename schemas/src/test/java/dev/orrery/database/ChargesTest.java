package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.database.Scene.Person;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code chat.finish_turn}: what a turn costs, by its price and by how it ended. */
class ChargesTest {

    private static final long PRICE = 5_000_000;

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_llm");

    private final Client superuser = database.superuser();
    private final Client llm = database.service();
    private final Scene scene = database.scene();
    private final UUID run = UUID.randomUUID();
    private final Person person;
    private UUID session = UUID.randomUUID();
    private UUID turn = UUID.randomUUID();

    ChargesTest() throws SQLException {
        person = scene.person(Scene.PLENTY);
    }

    @BeforeEach
    void begin() throws SQLException {
        begin(Scene.perMessage(PRICE));
    }

    private void begin(String price) throws SQLException {
        session = scene.session(person, scene.bot(price));
        turn = scene.turn(session, person);
        llm.begin(turn, run, Client.LEASE_MILLIS);
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
        begin(Scene.perThousandTokens(200_000, 600_000));
        llm.renew(turn, run, 812, 95);

        // when
        var answer = llm.cancel(turn);

        // then
        assertThat(answer.row().ended().charge()).isEqualTo(219_400);
    }

    @Test
    void chargesTheMinimumButNeverMoreThanTheHold() throws SQLException {
        // given
        begin(
                """
                {"unit": "token", "currency": "INR", "input_per_1k_micros": 200000, "output_per_1k_micros": 600000,
                 "minimum_micros": 100000}
                """);
        var atMinimum = llm.complete(turn, run, 100, 10).row().ended();
        begin(Scene.perThousandTokens(200_000, 600_000));

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
        begin(Scene.perThousandTokens(1_000_000_000L, 1_000_000_000L));

        // when
        var answer = llm.complete(turn, run, Long.MAX_VALUE, Long.MAX_VALUE);

        // then
        assertThat(answer.verdict()).isEqualTo("finished");
        assertThat(answer.row().ended().charge()).isEqualTo(answer.row().hold());
    }

    @Test
    void chargesTheStartedMinutesOfASessionOnceHoweverManyTurnsItHas() throws SQLException {
        // given
        begin(Scene.perMinute(3_000_000)); // first accepted now, answered after 10 s
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
        begin(
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
        begin(Scene.perMessage(PRICE, 1));
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
        begin(Scene.perMessage(PRICE, 1));

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
