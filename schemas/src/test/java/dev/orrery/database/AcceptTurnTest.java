package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.database.Scene.Wallet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code chat.accept_turn}: whose message is accepted, and what is stamped on it. */
class AcceptTurnTest {

    private static final long PRICE = 5_000_000;

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_ingest");

    private final Client superuser = database.superuser();
    private final Client ingest = database.service();
    private final Scene scene = database.scene();
    private final UUID turn = UUID.randomUUID();

    @Test
    void acceptsAMessageAndHoldsItsWorstPrice() throws SQLException {
        // given
        var person = scene.person(2 * PRICE);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("accepted");
        assertThat(answer.row())
                .returns(turn, Turn::id)
                .returns("open", Turn::state)
                .returns(1, Turn::sequence)
                .returns(PRICE, Turn::hold)
                .returns("INR", Turn::currency);
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(2 * PRICE, PRICE));
        assertThat(scene.session(session)).isEqualTo(new Scene.SessionState("open", 1, turn, 0));
    }

    @Test
    void stampsWhatWasInForceWhenTheMessageCame() throws SQLException {
        // given
        var person = scene.person(PRICE);
        var bot = scene.bot(Scene.perMessage(PRICE), "{\"facts\": [{\"kind\": \"birth_chart\"}]}");
        var session = scene.session(person, bot);
        scene.profile(person, 7, "{}");
        var revision = UUID.randomUUID();
        superuser.run("update chat.llm_configs set is_active = false where bot_id = ?", bot);
        scene.activate(bot, revision);

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.row())
                .returns(revision, Turn::revision)
                .returns(7, Turn::profileVersion)
                .returns("[{\"kind\": \"birth_chart\"}]", Turn::facts);
    }

    @Test
    void stampsNoProfileThatItsUserTookBack() throws SQLException {
        // given
        var person = scene.person(PRICE);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));
        scene.profile(person, 7, "{}");
        superuser.run("delete from chat.profiles where user_id = ?", person.id());

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.row()).returns(0, Turn::profileVersion);
    }

    @Test
    void answersARepeatWithTheTurnItAlreadyHas() throws SQLException {
        // given
        var person = scene.person(2 * PRICE);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));
        ingest.accept(turn, session, person.id(), "Hi");

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("existing");
        assertThat(answer.row().id()).isEqualTo(turn);
        assertThat(scene.wallet(person).held()).isEqualTo(PRICE);
    }

    @Test
    void refusesAKnownIdWithAnotherText() throws SQLException {
        // given
        var person = scene.person(2 * PRICE);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));
        ingest.accept(turn, session, person.id(), "Hi");

        // when
        var answer = ingest.accept(turn, session, person.id(), "Bye");

        // then
        assertThat(answer.verdict()).isEqualTo("conflict");
    }

    @Test
    void refusesAKnownIdInAnotherSession() throws SQLException {
        // given
        var person = scene.person(2 * PRICE);
        var bot = scene.bot(Scene.perMessage(PRICE));
        ingest.accept(turn, scene.session(person, bot), person.id(), "Hi");

        // when
        var answer = ingest.accept(turn, scene.session(person, bot), person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("conflict");
        assertThat(scene.wallet(person).held()).isEqualTo(PRICE);
    }

    @Test
    void refusesAKnownIdOfSomebodyElse() throws SQLException {
        // given
        var bot = scene.bot(Scene.perMessage(PRICE));
        var first = scene.person(PRICE);
        ingest.accept(turn, scene.session(first, bot), first.id(), "Hi");
        var second = scene.person(PRICE);

        // when
        var answer = ingest.accept(turn, scene.session(second, bot), second.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("conflict");
    }

    @Test
    void knowsNoSessionOfSomebodyElse() throws SQLException {
        // given
        var session = scene.session(scene.person(PRICE), scene.bot(Scene.perMessage(PRICE)));

        // when
        var answer = ingest.accept(turn, session, scene.person(PRICE).id(), "Hi");

        // then
        assertThat(answer).isEqualTo(new Answer("unknown_session", null, null));
    }

    @Test
    void acceptsNothingInAClosedSession() throws SQLException {
        // given
        var person = scene.person(PRICE);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));
        superuser.run("update chat.sessions set state = 'closed' where session_id = ?", session);

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer).isEqualTo(new Answer("session_closed", null, null));
    }

    @Test
    void acceptsOneTurnAtATimeAndNamesTheOneInFlight() throws SQLException {
        // given
        var person = scene.person(2 * PRICE);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));
        var inFlight = scene.turn(session, person);

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer)
                .isEqualTo(
                        new Answer(
                                "turn_in_progress",
                                "{\"turn_id\": \"%s\"}".formatted(inFlight),
                                null));
        assertThat(scene.wallet(person).held()).isEqualTo(PRICE);
    }

    @Test
    void acceptsTheNextTurnAsSoonAsTheLastOneHasEnded() throws SQLException {
        // given
        var person = scene.person(2 * PRICE);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));
        scene.answeredTurn(session, person);

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("accepted");
        assertThat(answer.row().sequence()).isEqualTo(2);
    }

    @Test
    void acceptsNothingForABotThatIsPausedOrDeleted() throws SQLException {
        // given
        var person = scene.person(PRICE);
        var paused = scene.bot(Scene.perMessage(PRICE));
        var deleted = scene.bot(Scene.perMessage(PRICE));
        superuser.run("update chat.bots set status = 'paused' where bot_id = ?", paused);
        superuser.run("update chat.bots set deleted_at = now() where bot_id = ?", deleted);
        var sessions = List.of(scene.session(person, paused), scene.session(person, deleted));

        // when
        var verdicts =
                List.of(
                        ingest.accept(turn, sessions.getFirst(), person.id(), "Hi"),
                        ingest.accept(turn, sessions.getLast(), person.id(), "Hi"));

        // then
        assertThat(verdicts).containsOnly(new Answer("bot_unavailable", null, null));
    }

    @Test
    void acceptsNothingForABotWithoutAnActiveConfiguration() throws SQLException {
        // given
        var person = scene.person(PRICE);
        var bot = scene.bot(Scene.perMessage(PRICE));
        superuser.run("update chat.llm_configs set is_active = false where bot_id = ?", bot);

        // when
        var answer = ingest.accept(turn, scene.session(person, bot), person.id(), "Hi");

        // then
        assertThat(answer).isEqualTo(new Answer("bot_not_configured", null, null));
    }

    @Test
    void namesWhatTheProfileLacks() throws SQLException {
        // given
        var person = scene.person(PRICE);
        var bot =
                scene.bot(
                        Scene.perMessage(PRICE),
                        "{\"required_fields\": [\"name\", \"birth\", \"gender\"]}");
        var session = scene.session(person, bot);
        scene.profile(person, 1, "{\"name\": \"Asha\", \"gender\": null}");

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer)
                .isEqualTo(
                        new Answer(
                                "profile_incomplete",
                                "{\"missing\": [\"birth\", \"gender\"]}",
                                null));
    }

    @Test
    void lacksEverythingWithoutAProfile() throws SQLException {
        // given
        var person = scene.person(PRICE);
        var bot = scene.bot(Scene.perMessage(PRICE), "{\"required_fields\": [\"name\"]}");

        // when
        var answer = ingest.accept(turn, scene.session(person, bot), person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("profile_incomplete");
    }
}
