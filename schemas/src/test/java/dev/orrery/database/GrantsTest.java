package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each service may do, and that it may do nothing else. */
class GrantsTest {

    private static final String NOBODY = UUID.randomUUID().toString();

    private static MigratedDatabase database;
    private static Client superuser;
    private static UUID booked;

    @BeforeAll
    static void open() throws SQLException {
        database = MigratedDatabase.create();
        superuser = database.asSuperuser();
        var scene = new Scene(superuser);
        var person = scene.person(Scene.PLENTY);
        booked = scene.answeredTurn(scene.session(person, scene.bot(Scene.perMessage(5))), person);
        superuser.book(booked, 5);
    }

    @AfterAll
    static void close() throws SQLException {
        assertThat(superuser.differences()).isEmpty();
        superuser.close();
    }

    /** The statement is undone afterwards. */
    private static void attempt(String role, String statement) throws SQLException {
        try (var client = database.as(role)) {
            client.beginTransaction();
            try {
                client.run(
                        statement
                                .replace("$id", "'" + NOBODY + "'::uuid")
                                .replace("$ids", "array[]::uuid[]"));
            } finally {
                client.rollBack();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    orrery_ingest     | select * from chat.accept_turn($id, $id, 'u', 't', '\\x00', 1000, 1000, 0, 0)
                    orrery_ingest     | select * from chat.sweep_turns(1, 1000, 1000)
                    orrery_ingest     | select * from chat.finish_turn($id, null, 'cancelled', '{"code": "cancelled"}')
                    orrery_ingest     | select chat.mark_published(array[$id], 'request')
                    orrery_ingest     | select billing.open_wallet($id, 'somebody', 'INR')
                    orrery_ingest     | select billing.top_up('p', 'somebody', 'INR', 1)
                    orrery_ingest     | select billing.refund('r', 'use:none', 1)
                    orrery_ingest     | select * from billing.wallets, billing.holds, billing.entries
                    orrery_ingest     | select * from chat.turns
                    orrery_ingest     | insert into chat.users (user_id, wallet_id) values ('somebody', $id)
                    orrery_ingest     | update chat.users set profile_version = 1 where user_id = 'nobody'
                    orrery_ingest     | delete from chat.profiles where user_id = 'nobody'
                    orrery_ingest     | update chat.sessions set title = 't', state = 'closed' where session_id = $id
                    orrery_ingest     | update chat.bots set status = 'paused' where bot_id = $id
                    orrery_ingest     | insert into chat.bots (bot_id, slug, name, price) values ($id, 'b', 'B', '{"unit": "free", "currency": "INR"}')
                    orrery_ingest     | insert into chat.config_revisions (revision_id, config_id, number, provider, model, author) select $id, $id, 1, 'openai', 'm', 'me' where false
                    orrery_ingest     | insert into chat.llm_configs (config_id, bot_id, name, current_revision_id) select $id, $id, 'n', $id where false
                    orrery_ingest     | select chat.activate_revision($id, $id, 'me')
                    orrery_ingest     | insert into chat.admin_changes (actor, action, subject) values ('me', 'try', 'bot/b')
                    orrery_ingest     | insert into chat.experiments (experiment_id, bot_id, name, goal, author) select $id, $id, 'n', 'thumbs', 'me' where false
                    orrery_ingest     | insert into chat.experiment_arms select $id, 1, 'n', $id, 1, 0, 9999 where false
                    orrery_ingest     | update chat.experiments set state = 'stopped', stopped_at = now() where experiment_id = $id
                    orrery_ingest     | select * from chat.admin_changes, chat.experiments, chat.experiment_arms, chat.memories, chat.feedback
                    orrery_ingest     | insert into chat.memories (memory_id, user_id, text, origin) select $id, 'u', 't', 'user' where false
                    orrery_ingest     | delete from chat.memories where memory_id = $id
                    orrery_ingest     | insert into chat.feedback (turn_id, rating) select $id, 'up' where false
                    orrery_ingest     | update chat.feedback set rating = 'down' where turn_id = $id
                    orrery_ingest     | insert into llm.fallback_rules (name, provider, steps) values ('mine', 'openai', '[]')
                    orrery_ingest     | update llm.fallback_rules set steps = '[]' where name = 'gemini'
                    orrery_ingest     | delete from llm.fallback_rules where name = 'gemini'
                    orrery_ingest     | insert into llm.prices (provider, model_pattern, input_micros, output_micros) values ('openai', 'mine', 1, 2)
                    orrery_ingest     | select * from llm.prices
                    orrery_enrichment | select * from chat.finish_turn($id, null, 'failed', '{"code": "internal"}')
                    orrery_enrichment | select chat.mark_published(array[$id], 'outcome')
                    orrery_ingest     | insert into chat.erasures (user_id, version, document) values ('somebody', 1, '{}')
                    orrery_enrichment | select * from chat.profiles
                    orrery_enrichment | delete from chat.erasures where user_id = 'nobody'
                    orrery_enrichment | insert into enrichment.facts (kind, question, subject, document, fetched_at) values ('k', 'q', 's', '{}', now())
                    orrery_prompt     | select * from chat.finish_turn($id, null, 'failed', '{"code": "internal"}')
                    orrery_prompt     | select * from chat.turns, chat.sessions, chat.profiles, chat.config_revisions, chat.bots, chat.providers
                    orrery_prompt     | select * from llm.fallback_rules
                    orrery_prompt     | select * from chat.memories
                    orrery_prompt     | select * from chat.session_summaries
                    orrery_prompt     | insert into chat.session_summaries (session_id, version, through_sequence, text, provider, model, input_tokens, output_tokens, prompt_hash) select $id, 1, 10, 't', 'p', 'm', 1, 1, 'h' where false
                    orrery_ingest     | delete from chat.session_summaries where session_id = $id
                    orrery_llm        | select * from llm.fallback_rules
                    orrery_llm        | select * from chat.begin_run(array[$id], array[$id], 1000)
                    orrery_llm        | select * from chat.renew_leases(array[$id], array[$id], '{0}', '{0}', 1000)
                    orrery_llm        | select * from chat.finish_turn($id, null, 'failed', '{"code": "internal"}')
                    orrery_llm        | select chat.mark_published(array[$id], 'outcome')
                    orrery_llm        | select * from llm.prices
                    orrery_llm        | insert into llm.spending values ('2026-11-24', $id, '*', 1)
                    orrery_billing    | select * from billing.book(array[$id], '{1}')
                    orrery_billing    | select billing.refund('r', 'use:none', 1)
                    orrery_billing    | select * from billing.entries, billing.outbox, billing.holds, billing.wallets
                    orrery_billing    | select * from billing.differences, billing.uncollected, billing.unbooked
                    orrery_billing    | delete from billing.outbox where entry_number = 0
                    """)
    void letsAServiceDoItsWork(String role, String statement) {
        assertThatCode(() -> attempt(role, statement)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    orrery_ingest     | update chat.turns set state = 'open'
                    orrery_ingest     | delete from chat.turns
                    orrery_ingest     | insert into chat.turns default values
                    orrery_ingest     | update chat.sessions set open_turn_id = null
                    orrery_ingest     | update chat.sessions set minutes_charged = 0
                    orrery_ingest     | delete from chat.sessions
                    orrery_ingest     | delete from chat.users
                    orrery_ingest     | update chat.profiles set document = '{}'
                    orrery_ingest     | update billing.wallets set posted_micros = 1
                    orrery_ingest     | insert into billing.wallets (wallet_id, owner, currency) values ($id, 'me', 'INR')
                    orrery_ingest     | insert into billing.holds (turn_id, wallet_id, amount_micros) values ($id, $id, 1)
                    orrery_ingest     | insert into billing.entries default values
                    orrery_ingest     | select * from billing.book(array[$id], '{1}')
                    orrery_ingest     | select * from chat.begin_run(array[$id], array[$id], 1000)
                    orrery_ingest     | select * from chat.renew_leases(array[$id], array[$id], '{0}', '{0}', 1000)
                    orrery_ingest     | select chat.reserve($id, $id, 'INR', 1)
                    orrery_ingest     | update chat.config_revisions set prompt = 'other'
                    orrery_ingest     | delete from chat.config_revisions
                    orrery_ingest     | delete from chat.bots
                    orrery_ingest     | insert into chat.providers values ('mine', 'Mine', 'openai')
                    orrery_ingest     | select * from billing.outbox
                    orrery_ingest     | select * from enrichment.facts
                    orrery_ingest     | select * from chat.erasures
                    orrery_prompt     | select * from chat.erasures
                    orrery_enrichment | insert into chat.erasures (user_id, version, document) values ('somebody', 1, '{}')
                    orrery_enrichment | select * from chat.turns
                    orrery_enrichment | select * from chat.sessions
                    orrery_enrichment | update chat.profiles set document = '{}'
                    orrery_enrichment | select * from chat.begin_run(array[$id], array[$id], 1000)
                    orrery_enrichment | select * from chat.accept_turn($id, $id, 'u', 't', '\\x00', 1000, 1000, 0, 0)
                    orrery_enrichment | select * from billing.wallets
                    orrery_prompt     | update chat.turns set state = 'open'
                    orrery_prompt     | insert into chat.config_revisions default values
                    orrery_prompt     | select * from chat.sweep_turns(1, 1000, 1000)
                    orrery_prompt     | select * from billing.entries
                    orrery_prompt     | select * from enrichment.facts
                    orrery_prompt     | update llm.fallback_rules set enabled = false
                    orrery_llm        | delete from llm.fallback_rules
                    orrery_enrichment | select * from llm.fallback_rules
                    orrery_llm        | update chat.turns set state = 'open'
                    orrery_llm        | select * from chat.turns
                    orrery_llm        | select * from chat.profiles
                    orrery_llm        | select * from billing.book(array[$id], '{1}')
                    orrery_llm        | select billing.top_up('p', 'somebody', 'INR', 1)
                    orrery_llm        | update llm.prices set input_micros = 0
                    orrery_ingest     | update llm.prices set input_micros = 0
                    orrery_ingest     | delete from llm.prices
                    orrery_ingest     | select * from llm.spending
                    orrery_ingest     | update chat.llm_configs set is_active = true
                    orrery_ingest     | insert into chat.llm_configs (config_id, bot_id, name, current_revision_id, is_active) select $id, $id, 'n', $id, true where false
                    orrery_ingest     | delete from chat.llm_configs
                    orrery_ingest     | update chat.admin_changes set actor = 'nobody'
                    orrery_ingest     | delete from chat.admin_changes
                    orrery_ingest     | insert into chat.experiments (experiment_id, bot_id, name, goal, author, state) select $id, $id, 'n', 'thumbs', 'me', 'running' where false
                    orrery_ingest     | update chat.experiments set goal = 'charge'
                    orrery_ingest     | update chat.experiment_arms set revision_id = $id
                    orrery_ingest     | delete from chat.experiments
                    orrery_ingest     | update chat.memories set text = 'other'
                    orrery_ingest     | delete from chat.feedback
                    orrery_prompt     | insert into chat.memories (memory_id, user_id, text, origin) select $id, 'u', 't', 'user' where false
                    orrery_prompt     | select * from chat.feedback
                    orrery_prompt     | update chat.session_summaries set text = 'other'
                    orrery_prompt     | delete from chat.session_summaries
                    orrery_ingest     | insert into chat.session_summaries default values
                    orrery_ingest     | update chat.session_summaries set text = 'other'
                    orrery_ingest     | update chat.sessions set greeting = 'other'
                    orrery_llm        | select * from chat.session_summaries
                    orrery_prompt     | select * from chat.admin_changes
                    orrery_prompt     | select chat.activate_revision($id, $id, 'me')
                    orrery_llm        | select * from chat.memories
                    orrery_llm        | select chat.bucket('u', $id)
                    orrery_billing    | select * from llm.spending
                    orrery_billing    | insert into billing.entries default values
                    orrery_billing    | update billing.entries set amount_micros = 1
                    orrery_billing    | delete from billing.entries
                    orrery_billing    | truncate billing.entries cascade
                    orrery_billing    | update billing.wallets set posted_micros = 1
                    orrery_billing    | update billing.holds set status = 'held'
                    orrery_billing    | insert into billing.outbox values (1)
                    orrery_billing    | select billing.open_wallet($id, 'somebody', 'INR')
                    orrery_billing    | select * from chat.turns
                    orrery_billing    | select * from chat.finish_turn($id, null, 'failed', '{"code": "internal"}')
                    orrery_billing    | create table billing.mine ()
                    orrery_llm        | create table public.mine ()
                    """)
    void refusesAServiceEverythingElse(String role, String statement) {
        assertThatThrownBy(() -> attempt(role, statement))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update billing.entries set amount_micros = amount_micros",
                "delete from billing.entries",
                "truncate billing.entries cascade",
                "truncate billing.wallets cascade",
                "update chat.config_revisions set prompt = ''",
                "delete from chat.config_revisions",
                "truncate chat.config_revisions cascade",
                "update chat.admin_changes set actor = actor",
                "delete from chat.admin_changes",
                "truncate chat.admin_changes",
            })
    void keepsWhatIsFinalEvenFromItsOwner(String statement) {
        assertThatThrownBy(() -> attempt("postgres", statement)).hasMessageContaining("refused");
    }

    @Test
    void activatesNoRevisionOfAnotherConfiguration() {
        assertThatThrownBy(() ->
                        attempt(
                                "postgres",
                                """
                                with added as (
                                  insert into chat.bots (bot_id, slug, name, price)
                                  values ($id, 'thief', 'T', '{"unit": "free", "currency": "INR"}')
                                  returning bot_id)
                                insert into chat.llm_configs (config_id, bot_id, name, current_revision_id)
                                select $id, bot_id, 'stolen', (select revision_id from chat.config_revisions limit 1)
                                  from added
                                """))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23503"));
    }

    @Test
    void postsNoLineInAnotherCurrencyThanTheWallets() {
        assertThatThrownBy(() ->
                        attempt(
                                "postgres",
                                """
                                insert into billing.entries (entry_key, wallet_id, debit_account, credit_account,
                                                             currency, amount_micros)
                                select 'x', wallet_id, 'a', 'b', 'USD', 1 from billing.wallets
                                """))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23503"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"held_micros = -1", "held_micros = posted_micros + 1", "posted_micros = -1"})
    void neverOverdrawsAWallet(String change) {
        assertThatThrownBy(() -> attempt("postgres", "update billing.wallets set " + change))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "price = '{}'",
                "metadata = '{\"facts\": 1}'",
                "metadata = '{\"required_fields\": null}'"
            })
    void keepsNoBotThatNoMessageCouldBeAcceptedFor(String change) {
        assertThatThrownBy(() -> attempt("postgres", "update chat.bots set " + change))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
    }
}
