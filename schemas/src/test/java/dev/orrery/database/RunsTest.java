package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.database.Scene.Person;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code chat.begin_run} and {@code chat.renew_leases}. */
class RunsTest {

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_llm");

    private final Client superuser = database.superuser();
    private final Client llm = database.service();
    private final Scene scene = database.scene();
    private final UUID run = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID bot;
    private final Person person;
    private UUID turn = UUID.randomUUID();

    RunsTest() throws SQLException {
        bot = scene.bot(Scene.perMessage(1));
        person = scene.person(Scene.PLENTY);
    }

    @BeforeEach
    void accept() throws SQLException {
        turn = scene.turn(scene.session(person, bot), person);
    }

    @Test
    void givesAFreshTurnToItsFirstRun() throws SQLException {
        // when
        var answer = llm.begin(turn, run, Client.LEASE_MILLIS);

        // then
        assertThat(answer.verdict()).isEqualTo("yours");
        assertThat(answer.row()).returns(1, Turn::runNumber).returns(run, Turn::run);
        assertThat(superuser.number("select chat.first_epoch_of_run(1)")).isEqualTo(1);
    }

    @Test
    void keepsTheNumberOfARunThatAsksAgain() throws SQLException {
        // given
        llm.begin(turn, run, Client.LEASE_MILLIS);

        // when
        var answer = llm.begin(turn, run, Client.LEASE_MILLIS);

        // then
        assertThat(answer.verdict()).isEqualTo("yours");
        assertThat(answer.row().runNumber()).isEqualTo(1);
    }

    @Test
    void tellsAnotherRunHowLongTheLeaseStillHolds() throws SQLException {
        // given
        llm.begin(turn, run, Client.LEASE_MILLIS);

        // when
        var answer = llm.begin(turn, other, Client.LEASE_MILLIS);

        // then
        assertThat(answer.verdict()).isEqualTo("leased");
        assertThat(Long.parseLong(String.valueOf(answer.detail())))
                .isBetween(1L, (long) Client.LEASE_MILLIS);
        assertThat(answer.row().run()).isEqualTo(run);
    }

    @Test
    void givesATurnWhoseLeaseHasLapsedToTheNextRunInFreshEpochs() throws SQLException {
        // given
        llm.begin(turn, run, Client.LAPSED);

        // when
        var answer = llm.begin(turn, other, Client.LEASE_MILLIS);

        // then
        assertThat(answer.verdict()).isEqualTo("yours");
        assertThat(answer.row()).returns(2, Turn::runNumber).returns(other, Turn::run);
        assertThat(superuser.number("select chat.first_epoch_of_run(2)")).isEqualTo(101);
    }

    @Test
    void saysWhatTheRowSaysOfATurnThatHasEnded() throws SQLException {
        // given
        superuser.fail(turn);

        // when
        var answer = llm.begin(turn, run, Client.LEASE_MILLIS);

        // then
        assertThat(answer.verdict()).isEqualTo("finished");
        assertThat(answer.row().ended().code()).isEqualTo("internal");
    }

    @Test
    void answersEachTurnOfABatch() throws SQLException {
        // given
        var open = turn;
        var leased = scene.turn(scene.session(person, bot), person);
        llm.begin(leased, other, Client.LEASE_MILLIS);
        var unknown = UUID.randomUUID();

        // when
        var answers =
                llm.begin(
                        List.of(open, leased, unknown, open),
                        Client.newIds(4),
                        Client.LEASE_MILLIS);

        // then
        assertThat(answers)
                .extracting(Answer::verdict)
                .containsExactlyInAnyOrder("yours", "leased", "unknown", "leased");
    }

    @Test
    void refusesARunWithoutAnId() {
        // when
        var nobody = Arrays.asList(new UUID[] {null});

        // then
        assertThatThrownBy(() -> llm.begin(List.of(turn), nobody, 1))
                .hasMessageContaining("expected: as many");
        assertThatThrownBy(() -> llm.begin(List.of(turn), List.of(), 1))
                .hasMessageContaining("expected: as many");
    }

    @Test
    void renewsTheLeaseOfALiveRunAndNotesWhatItDelivered() throws SQLException {
        // given
        llm.begin(turn, run, Client.LEASE_MILLIS);

        // when
        var lost = llm.renew(turn, run, 100, 7);

        // then
        assertThat(lost).isEmpty();
        assertThat(superuser.turn(turn))
                .returns(100L, Turn::deliveredInput)
                .returns(7L, Turn::deliveredOutput);
    }

    @Test
    void neverForgetsWhatWasDelivered() throws SQLException {
        // given
        llm.begin(turn, run, Client.LEASE_MILLIS);
        llm.renew(turn, run, 100, 7);

        // when
        llm.renew(turn, run, 90, 6);

        // then
        assertThat(superuser.turn(turn))
                .returns(100L, Turn::deliveredInput)
                .returns(7L, Turn::deliveredOutput);
    }

    @Test
    void renewsALapsedLeaseThatNobodyHasTaken() throws SQLException {
        // given
        llm.begin(turn, run, Client.LAPSED);

        // when
        var lost = llm.renew(turn, run, 0, 0);

        // then
        assertThat(lost).isEmpty();
        assertThat(llm.begin(turn, other, Client.LEASE_MILLIS).verdict()).isEqualTo("leased");
    }

    @Test
    void tellsARunThatAnotherOneHasTakenItsTurn() throws SQLException {
        // given
        llm.begin(turn, run, Client.LAPSED);
        llm.begin(turn, other, Client.LEASE_MILLIS);

        // when
        var lost = llm.renew(turn, run, 500, 500);

        // then
        assertThat(lost).containsExactly(turn);
        assertThat(superuser.turn(turn).deliveredOutput()).isZero();
    }

    @Test
    void tellsARunThatItsTurnHasEndedOrNeverWas() throws SQLException {
        // given
        llm.begin(turn, run, Client.LEASE_MILLIS);
        superuser.cancel(turn);
        var unknown = UUID.randomUUID();

        // when
        var lost = List.of(llm.renew(turn, run, 1, 1), llm.renew(unknown, run, 1, 1));

        // then
        assertThat(lost).containsExactly(List.of(turn), List.of(unknown));
    }
}
