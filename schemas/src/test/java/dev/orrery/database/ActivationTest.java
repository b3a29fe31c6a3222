package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code chat.activate_revision}, and what a revision has to be like to be kept. */
class ActivationTest {

    private static final int PARALLEL = 50;
    private static final int CONNECTIONS = 16;

    private static MigratedDatabase database;
    private static Client superuser;
    private static Client ingest;
    private static Scene scene;

    @BeforeAll
    static void open() throws SQLException {
        database = MigratedDatabase.create();
        superuser = database.asSuperuser();
        ingest = database.as("orrery_ingest");
        scene = new Scene(superuser);
    }

    @AfterAll
    static void close() throws SQLException {
        ingest.close();
        superuser.close();
    }

    /** A configuration that is not active, and its revisions. */
    private record Config(UUID id, List<UUID> revisions) {}

    private static Config config(UUID bot, int revisions) throws SQLException {
        var config = new Config(UUID.randomUUID(), Client.newIds(revisions));
        superuser.beginTransaction();
        for (int i = 0; i < revisions; i++) {
            superuser.run(
                    """
                    insert into chat.config_revisions (revision_id, config_id, number, provider, model, author)
                    values (?, ?, ?, 'openai', 'm', 'test')
                    """,
                    config.revisions().get(i),
                    config.id(),
                    i + 1);
        }
        superuser.run(
                "insert into chat.llm_configs (config_id, bot_id, name, current_revision_id) values (?, ?, 'c', ?)",
                config.id(),
                bot,
                config.revisions().getFirst());
        superuser.commit();
        return config;
    }

    private static String activate(Client client, UUID config, UUID revision) throws SQLException {
        return client.text("select chat.activate_revision(?, ?, 'somebody')", config, revision);
    }

    private static List<String> active(UUID bot) throws SQLException {
        return superuser.all(
                "select config_id || ' ' || current_revision_id from chat.llm_configs where bot_id = ? and is_active",
                row -> row.getString(1),
                bot);
    }

    private static List<String> noted(UUID bot) throws SQLException {
        return superuser.all(
                """
                select (after ->> 'config_id') || ' ' || (after ->> 'revision_id') from chat.admin_changes
                 where action = 'activate_revision' and subject = 'bot/bot-' || ? order by change_id
                """,
                row -> row.getString(1),
                bot.toString());
    }

    @Test
    void putsOneRevisionInForceAndTheOneBeforeOutOfIt() throws SQLException {
        // given
        var bot = scene.bot(Scene.perMessage(1));
        var config = config(bot, 2);

        // when
        var verdict = activate(ingest, config.id(), config.revisions().getLast());

        // then
        assertThat(verdict).isEqualTo("activated");
        assertThat(active(bot)).containsExactly(config.id() + " " + config.revisions().getLast());
        assertThat(noted(bot)).isEqualTo(active(bot));
    }

    @Test
    void rollsBackToAnOlderRevision() throws SQLException {
        // given
        var bot = scene.bot(Scene.perMessage(1));
        var config = config(bot, 3);
        activate(ingest, config.id(), config.revisions().get(2));

        // when
        var verdict = activate(ingest, config.id(), config.revisions().get(0));

        // then
        assertThat(verdict).isEqualTo("activated");
        assertThat(active(bot)).containsExactly(config.id() + " " + config.revisions().get(0));
    }

    @Test
    void notesNothingWhenTheRevisionWasInForce() throws SQLException {
        // given
        var bot = scene.bot(Scene.perMessage(1));
        var config = config(bot, 1);
        activate(ingest, config.id(), config.revisions().getFirst());

        // when
        var verdict = activate(ingest, config.id(), config.revisions().getFirst());

        // then
        assertThat(verdict).isEqualTo("already");
        assertThat(noted(bot)).hasSize(1);
    }

    @Test
    void knowsNoRevisionOfAnotherConfigurationAndNoneOfADeletedBot() throws SQLException {
        // given
        var bot = scene.bot(Scene.perMessage(1));
        var config = config(bot, 1);
        var other = config(bot, 1);
        var before = active(bot);

        // when
        var strange = activate(ingest, config.id(), other.revisions().getFirst());
        superuser.run("update chat.bots set deleted_at = now() where bot_id = ?", bot);
        var deleted = activate(ingest, config.id(), config.revisions().getFirst());

        // then
        assertThat(strange).isEqualTo("unknown");
        assertThat(deleted).isEqualTo("unknown");
        assertThat(active(bot)).isEqualTo(before);
    }

    @Test
    void leavesExactlyOneInForceHoweverManySwitchAtOnceAndTheLastOneCounts() throws Exception {
        // given
        var bot = scene.bot(Scene.perMessage(1));
        var configs = new ArrayList<Config>();
        for (int i = 0; i < 5; i++) {
            configs.add(config(bot, 2));
        }
        var switches = new ArrayList<Callable<String>>();
        for (int i = 0; i < PARALLEL; i++) {
            var config = configs.get(i % configs.size());
            var revision = config.revisions().get(i / configs.size() % 2);
            switches.add(() -> {
                try (var client = database.as("orrery_ingest")) {
                    return activate(client, config.id(), revision);
                }
            });
        }

        // when
        var verdicts = allAtOnce(switches, CONNECTIONS);

        // then
        assertThat(verdicts).hasSize(PARALLEL).isSubsetOf("activated", "already");
        assertThat(active(bot)).containsExactly(noted(bot).getLast());
        assertThat(noted(bot)).hasSize((int) verdicts.stream().filter("activated"::equals).count());
    }

    @Test
    void neverLeavesABotWithoutARevisionWhileItIsSwitched() throws Exception {
        // given
        var bot = scene.bot(Scene.perMessage(1));
        var configs = List.of(config(bot, 1), config(bot, 1));
        var work = new ArrayList<Callable<String>>();
        for (int i = 0; i < PARALLEL; i++) {
            var config = configs.get(i % 2);
            var person = scene.person(10);
            var session = scene.session(person, bot);
            work.add(() -> {
                try (var client = database.as("orrery_ingest")) {
                    activate(client, config.id(), config.revisions().getFirst());
                    return client.accept(UUID.randomUUID(), session, person.id(), "Hi").verdict();
                }
            });
        }

        // when
        var verdicts = allAtOnce(work, CONNECTIONS);

        // then
        assertThat(verdicts).containsOnly("accepted");
    }

    private static List<String> allAtOnce(List<Callable<String>> work, int threads)
            throws InterruptedException, ExecutionException {
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var answers = new ArrayList<String>();
            for (var future : pool.invokeAll(work)) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    @Test
    void givesEqualRevisionsEqualHashesAndOthersOthers() throws SQLException {
        // given
        var config = config(scene.bot(Scene.perMessage(1)), 2);

        // when
        var hashes =
                superuser.all(
                        "select content_hash from chat.config_revisions where config_id = ?",
                        row -> row.getString(1),
                        config.id());
        var others =
                superuser.all(
                        """
                        select distinct chat.content_hash(p, m, t, 0.9, k, 1, 2, 3, 4, kind, prompt, meta)
                          from (values ('a', 'b', 0.5::float8, null::int, 'template', 'c', '{}'::jsonb),
                                       ('ab', '', 0.5, null, 'template', 'c', '{}'),
                                       ('a', 'b', null, null, 'template', 'c', '{}'),
                                       ('a', 'b', 0.5, 1, 'template', 'c', '{}'),
                                       ('a', 'b', 0.5, null, 'structured', 'c', '{}'),
                                       ('a', 'b', 0.5, null, 'template', 'c","', '{}'),
                                       ('a', 'b', 0.5, null, 'template', 'c', '{"x": 1}'))
                               as v (p, m, t, k, kind, prompt, meta)
                        """,
                        row -> row.getString(1));

        // then
        assertThat(hashes).hasSize(2).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(hashes.get(0)).isEqualTo(hashes.get(1));
        assertThat(others).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai  | '{}'                                                        | 00000",
                "bedrock | '{\"region_name\": \"ap-south-1\"}'                         | 00000",
                "openai  | '{\"fallbacks\": [{\"provider\": \"GROQ\"}]}'               | 00000",
                "nobody  | '{}'                                                        | 23503",
                "retired | '{}'                                                        | 23503",
                "openai  | '{\"fallbacks\": [{\"provider\": \"retired\"}]}'            | 23503",
                "openai  | '{\"fallbacks\": [{\"provider\": \"nobody\"}]}'             | 23503",
                "openai  | '{\"fallbacks\": [7]}'                                      | 23503",
                "openai  | '{\"region_name\": \"ap-south-1\"}'                         | 23514",
                "bedrock | '{\"region_name\": \"moon-1\"}'                             | 23514",
            })
    void keepsNoRevisionThatNobodyCouldAnswerBy(String provider, String metadata, String state)
            throws SQLException {
        // given
        superuser.run(
                """
                insert into chat.providers (code, label, protocol, enabled) values ('retired', 'R', 'openai', false)
                on conflict do nothing
                """);
        var config = config(scene.bot(Scene.perMessage(1)), 1);

        // when
        ThrowingCallable insert =
                () ->
                        superuser.run(
                                """
                                insert into chat.config_revisions
                                  (revision_id, config_id, number, provider, model, author, metadata)
                                values (?, ?, 2, ?, 'm', 'test', ?::jsonb)
                                """,
                                UUID.randomUUID(),
                                config.id(),
                                provider,
                                metadata);

        // then
        if (state.equals("00000")) {
            assertThatCode(insert).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(insert)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
        }
    }
}
