package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.database.Scene.Person;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which arm of an experiment {@code chat.accept_turn} stamps on a turn. */
class ExperimentArmsTest {

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_ingest");

    private final Client superuser = database.superuser();
    private final Client ingest = database.service();
    private final Scene scene = database.scene();
    private UUID bot = UUID.randomUUID();
    private UUID active = UUID.randomUUID();

    /** An experiment of two arms, of which the first has the users of these buckets. */
    private UUID experiment(String state, int lastBucketOfA) throws SQLException {
        bot = scene.bot(Scene.perMessage(1));
        active = UUID.randomUUID();
        superuser.run("update chat.llm_configs set is_active = false where bot_id = ?", bot);
        scene.activate(bot, active);
        var experiment = UUID.randomUUID();
        superuser.run(
                """
                insert into chat.experiments (experiment_id, bot_id, name, goal, author)
                values (?, ?, 'warmth', 'thumbs', 'test')
                """,
                experiment,
                bot);
        superuser.run(
                """
                insert into chat.experiment_arms
                select ?, 1, 'a', ?, 1, 0, ? union all
                select ?, 2, 'b', r.revision_id, 1, ? + 1, 9999 from chat.config_revisions r
                 where r.revision_id = ?
                """,
                experiment,
                active,
                lastBucketOfA,
                experiment,
                lastBucketOfA,
                active);
        if (!state.equals("draft")) {
            start(experiment);
        }
        if (state.equals("stopped")) {
            stop(experiment);
        }
        return experiment;
    }

    private void start(UUID experiment) throws SQLException {
        ingest.run(
                "update chat.experiments set state = 'running', started_at = now() where experiment_id = ?",
                experiment);
    }

    private void stop(UUID experiment) throws SQLException {
        ingest.run(
                "update chat.experiments set state = 'stopped', stopped_at = now() where experiment_id = ?",
                experiment);
    }

    private record Stamp(UUID revision, String arm, UUID experiment) {}

    private Stamp stamp(Person person) throws SQLException {
        var turn = scene.turn(scene.session(person, bot), person);
        return superuser.one(
                "select revision_id, experiment_arm, experiment_id from chat.turns where turn_id = ?",
                row ->
                        new Stamp(
                                row.getObject(1, UUID.class),
                                String.valueOf(row.getString(2)),
                                row.getObject(3, UUID.class)),
                turn);
    }

    private int bucket(String user, UUID experiment) throws SQLException {
        return (int) superuser.number("select chat.bucket(?, ?)", user, experiment);
    }

    @Test
    void isTheOneOfTheUsersBucketInEverySession() throws SQLException {
        // given
        var person = scene.person(100);
        var experiment = experiment("running", 4999);
        var arm = bucket(person.id(), experiment) <= 4999 ? "warmth/a" : "warmth/b";

        // when
        var first = stamp(person);
        var second = stamp(person);

        // then
        assertThat(first).isEqualTo(new Stamp(active, arm, experiment));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void doesNotStampBeforeTheStartAndNotAfterTheEnd() throws SQLException {
        for (var state : new String[] {"draft", "stopped"}) {
            // given
            var person = scene.person(100);
            experiment(state, 4999);

            // when
            var stamp = stamp(person);

            // then
            assertThat(stamp.revision()).isEqualTo(active);
            assertThat(stamp.arm()).isEqualTo("null");
            assertThat(stamp.experiment()).isNull();
        }
    }

    @Test
    void answersByTheArmsRevisionAndNotByTheActiveOne() throws SQLException {
        // given
        var person = scene.person(100);
        experiment("running", 4999);
        var next = UUID.randomUUID();
        superuser.run("update chat.llm_configs set is_active = false where bot_id = ?", bot);
        scene.activate(bot, next);

        // when
        var stamp = stamp(person);

        // then
        assertThat(stamp.revision()).isEqualTo(active);
    }

    @Test
    void givesEachArmItsShareOfTheUsers() throws SQLException {
        // when
        long inA =
                superuser.number(
                        """
                        select count(*) from generate_series(1, 20000) as n
                         where chat.bucket('user-' || n, '00000000-0000-4000-8000-000000000001') <= 2999
                        """);

        // then: 30 % of 20,000, give or take five standard deviations of 65
        assertThat(inA).isBetween(6000L - 325, 6000L + 325);
    }

    /** By hashlib of Python 3.12. */
    @ParameterizedTest
    @CsvSource({
        "user-1, 00000000-0000-4000-8000-000000000001, 5334",
        "user-1, 00000000-0000-4000-8000-000000000002, 6062",
        "user-2, 00000000-0000-4000-8000-000000000001, 441",
        "आशा,   0198a7c2-5b1e-7000-8000-0123456789ab, 4710",
    })
    void placesAUserWhereAnybodyCanComputeIt(String user, UUID experiment, int expected)
            throws SQLException {
        assertThat(bucket(user, experiment)).isEqualTo(expected);
    }

    @Test
    void letsOneExperimentOfABotRunAtATime() throws SQLException {
        // given
        experiment("running", 4999);

        // when, then
        assertThatThrownBy(() ->
                        superuser.run(
                                """
                                insert into chat.experiments
                                  (experiment_id, bot_id, name, goal, author, state, started_at)
                                values (?, ?, 'second', 'thumbs', 'test', 'running', now())
                                """,
                                UUID.randomUUID(),
                                bot))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
    }

    /** Also not by the owner: users would change their arms in the middle of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    draft   | state = 'stopped', started_at = now(), stopped_at = now()
                    running | state = 'draft', started_at = null
                    running | started_at = now() - interval '1 day'
                    stopped | state = 'draft', started_at = null, stopped_at = null
                    stopped | state = 'running', stopped_at = null
                    stopped | stopped_at = now()
                    """)
    void movesFromDraftToRunningToStoppedAndNoOtherWay(String state, String change)
            throws SQLException {
        // given
        var experiment = experiment(state, 4999);

        // when, then
        for (var client : new Client[] {ingest, superuser}) {
            assertThatThrownBy(() ->
                            client.run(
                                    "update chat.experiments set "
                                            + change
                                            + " where experiment_id = ?",
                                    experiment))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("23514"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "stopped"})
    void takesNoArmAfterTheStart(String state) throws SQLException {
        // given
        var experiment = experiment(state, 4999);

        // when, then
        assertThatThrownBy(() ->
                        ingest.run(
                                "insert into chat.experiment_arms values (?, 3, 'late', ?, 1, 0, 9999)",
                                experiment,
                                active))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
    }

    @Test
    void takesAnArmOfADraft() throws SQLException {
        // given
        var experiment = experiment("draft", 4999);

        // when
        ingest.run(
                "insert into chat.experiment_arms values (?, 3, 'more', ?, 1, 0, 9999)",
                experiment,
                active);

        // then
        assertThat(
                        superuser.number(
                                "select count(*) from chat.experiment_arms where experiment_id = ?",
                                experiment))
                .isEqualTo(3);
    }
}
