package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.database.Scene.Person;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code chat.sweep_turns} and {@code chat.mark_published}. Each test has a database of its own: a
 * sweep sees all.
 */
class SweepTurnsTest {

    private static final int LONG = 3_600_000;

    private MigratedDatabase database;
    private Client superuser;
    private Client ingest;
    private Scene scene;
    private UUID bot;
    private Person person;

    @BeforeEach
    void open() throws SQLException {
        database = MigratedDatabase.create();
        superuser = database.asSuperuser();
        ingest = database.as("orrery_ingest");
        scene = new Scene(superuser);
        bot = scene.bot(Scene.perMessage(5));
        person = scene.person(Scene.PLENTY);
    }

    @AfterEach
    void close() throws SQLException {
        ingest.close();
        superuser.close();
    }

    private UUID openTurn(int patienceMillis) throws SQLException {
        return scene.turn(scene.session(person, bot), person, patienceMillis);
    }

    @Test
    void endsWhatIsOverdueAsFailedAndFreeOfCharge() throws SQLException {
        // given
        var overdue = openTurn(0);
        openTurn(LONG);

        // when
        var found = ingest.sweep(10, LONG, 0);

        // then
        assertThat(found).extracting(Answer::verdict).containsExactly("overdue");
        assertThat(found.getFirst().row())
                .returns(overdue, Turn::id)
                .returns("failed", Turn::state);
        assertThat(found.getFirst().row().ended())
                .returns("deadline_exceeded", Turn.End::code)
                .returns(0L, Turn.End::charge);
    }

    @Test
    void waitsForTheGraceAfterTheDeadline() throws SQLException {
        // given
        openTurn(0);

        // when
        var found = ingest.sweep(10, LONG, LONG);

        // then
        assertThat(found).isEmpty();
    }

    @Test
    void endsAnOverdueTurnEvenUnderALiveRun() throws SQLException {
        // given
        var turn = openTurn(0);
        superuser.begin(turn, UUID.randomUUID(), Client.LEASE_MILLIS);

        // when
        var found = ingest.sweep(10, LONG, 0);

        // then
        assertThat(found).extracting(Answer::verdict).containsExactly("overdue");
        assertThat(found.getFirst().row().ended().epoch()).isEqualTo(101);
    }

    @Test
    void findsWhatWasAcceptedAndNeverPublished() throws SQLException {
        // given
        var unpublished = openTurn(LONG);
        var published = openTurn(LONG);
        ingest.markPublished(published, "request");

        // when
        var found = ingest.sweep(10, 0, 0);

        // then
        assertThat(found).extracting(Answer::verdict).containsExactly("request_unpublished");
        assertThat(found.getFirst().row().id()).isEqualTo(unpublished);
    }

    @Test
    void findsWhatHasEndedAndWasNeverTold() throws SQLException {
        // given
        var untold = openTurn(LONG);
        superuser.fail(untold);
        var told = openTurn(LONG);
        superuser.fail(told);
        ingest.markPublished(told, "outcome");

        // when
        var found = ingest.sweep(10, 0, 0);

        // then
        assertThat(found).extracting(Answer::verdict).containsExactly("outcome_unpublished");
        assertThat(found.getFirst().row().id()).isEqualTo(untold);
    }

    @Test
    void leavesFreshTurnsToThoseWhoAreAboutToPublishThem() throws SQLException {
        // given
        openTurn(LONG);
        superuser.fail(openTurn(LONG));

        // when
        var found = ingest.sweep(10, LONG, 0);

        // then
        assertThat(found).isEmpty();
    }

    @Test
    void doesNotHandOutATurnAgainBeforeItsPatienceHasPassed() throws SQLException {
        // given
        openTurn(LONG);
        superuser.run("update chat.turns set accepted_at = accepted_at - interval '1 hour'");
        ingest.sweep(10, 60_000, 0);

        // when
        var found = ingest.sweep(10, 60_000, 0);

        // then
        assertThat(found).isEmpty();
    }

    @Test
    void handsOutATurnAgainWhenItWasNotPublishedInTime() throws SQLException {
        // given
        openTurn(LONG);
        superuser.run("update chat.turns set accepted_at = accepted_at - interval '1 hour'");
        ingest.sweep(10, 60_000, 0);
        superuser.run("update chat.turns set swept_at = swept_at - interval '1 hour'");

        // when
        var found = ingest.sweep(10, 60_000, 0);

        // then
        assertThat(found).extracting(Answer::verdict).containsExactly("request_unpublished");
    }

    @Test
    void handsOutNoMoreThanItWasAskedFor() throws SQLException {
        // given
        for (int i = 0; i < 5; i++) {
            openTurn(0);
            openTurn(LONG);
            superuser.fail(openTurn(LONG));
        }

        // when
        var found = ingest.sweep(2, 0, 0);

        // then
        assertThat(found)
                .extracting(Answer::verdict)
                .containsExactly(
                        "overdue",
                        "overdue",
                        "request_unpublished",
                        "request_unpublished",
                        "outcome_unpublished",
                        "outcome_unpublished");
    }

    @Test
    void passesOverWhatAnotherSweeperHasInHand() throws SQLException {
        // given
        for (int i = 0; i < 3; i++) {
            openTurn(0);
            openTurn(LONG);
            superuser.fail(openTurn(LONG));
        }
        try (var another = database.as("orrery_ingest")) {
            another.beginTransaction();
            another.sweep(2, 0, 0);

            // when
            var found = ingest.sweep(10, 0, 0);

            // then
            another.commit();
            assertThat(found)
                    .extracting(Answer::verdict)
                    .containsExactly("overdue", "request_unpublished", "outcome_unpublished");
        }
    }

    @Test
    void notesThatAnEndWasToldOnlyWhenThereIsOne() throws SQLException {
        // given
        var turn = openTurn(LONG);
        ingest.markPublished(turn, "outcome");
        superuser.fail(turn);

        // when
        var found = ingest.sweep(10, 0, 0);

        // then
        assertThat(found).extracting(Answer::verdict).containsExactly("outcome_unpublished");
    }

    @Test
    void needsNoRequestOfATurnWhoseEndWasTold() throws SQLException {
        // given
        var turn = openTurn(LONG);
        superuser.fail(turn);

        // when
        ingest.markPublished(turn, "outcome");

        // then
        assertThat(
                        superuser.number(
                                "select count(*) from chat.turns where request_published_at is null"))
                .isZero();
    }

    @Test
    void keepsTheFirstMark() throws SQLException {
        // given
        var turn = openTurn(LONG);
        ingest.markPublished(turn, "request");
        var first = superuser.text("select request_published_at from chat.turns");

        // when
        ingest.markPublished(turn, "request");

        // then
        assertThat(superuser.text("select request_published_at from chat.turns")).isEqualTo(first);
    }

    @Test
    void refusesToMarkWhatItDoesNotKnow() {
        assertThatThrownBy(() -> ingest.markPublished(UUID.randomUUID(), "reply"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("20000"));
    }

    @Test
    void passesOverMarksForTurnsThatAreNotThere() throws SQLException {
        // when
        ingest.markPublished(UUID.randomUUID(), "request");

        // then
        assertThat(List.of(superuser.number("select count(*) from chat.turns")))
                .containsExactly(0L);
    }
}
