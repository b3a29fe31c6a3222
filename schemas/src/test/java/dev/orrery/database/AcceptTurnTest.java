package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.database.Scene.Person;
import dev.orrery.database.Scene.Wallet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code chat.accept_turn}: every verdict, and what it leaves behind. */
class AcceptTurnTest {

    private static final long PRICE = 5_000_000;

    private static Client superuser;
    private static Client ingest;
    private static Scene scene;

    private final UUID turn = UUID.randomUUID();

    @BeforeAll
    static void open() throws SQLException {
        var database = MigratedDatabase.create();
        superuser = database.asSuperuser();
        ingest = database.as("orrery_ingest");
        scene = new Scene(superuser);
    }

    @AfterAll
    static void close() throws SQLException {
        assertThat(superuser.differences()).isEmpty();
        ingest.close();
        superuser.close();
    }

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

    @Test
    void leavesNothingBehindWhenTheWalletDoesNotCoverTheWorstPrice() throws SQLException {
        // given
        var person = scene.person(PRICE - 1);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer)
                .isEqualTo(
                        new Answer(
                                "payment_required",
                                "{\"needed_micros\": %d}".formatted(PRICE),
                                null));
        assertThat(superuser.turnsOf(session)).isEmpty();
        assertThat(scene.hold(turn)).isEqualTo("none");
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(PRICE - 1, 0));
        assertThat(scene.session(session)).isEqualTo(new Scene.SessionState("open", 0, null, 0));
    }

    @Test
    void acceptsTheSameMessageOnceTheWalletIsToppedUp() throws SQLException {
        // given
        var person = scene.person(0);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));
        ingest.accept(turn, session, person.id(), "Hi");
        ingest.topUp("later-" + person.id(), person.id(), "INR", PRICE);

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("accepted");
    }

    @Test
    void hasNoMoneyInAnotherCurrency() throws SQLException {
        // given
        var person = scene.person(PRICE, "USD");
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("payment_required");
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(PRICE, 0));
    }

    @Test
    void refusesAWorstPriceThatNoWalletCanHold() throws SQLException {
        // given
        var person = scene.person(Long.MAX_VALUE);
        var bot = scene.bot(Scene.perMessage(Long.MAX_VALUE));
        scene.turn(scene.session(person, bot), person);

        // when
        var answer = ingest.accept(turn, scene.session(person, bot), person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("payment_required");
    }

    @Test
    void refusesAWorstPriceThatNoNumberCanHold() throws SQLException {
        // given
        var person = scene.person(Scene.PLENTY);
        var session = scene.session(person, scene.bot(Scene.perMinute(Long.MAX_VALUE)));

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi", 120_000);

        // then
        assertThat(answer.verdict()).isEqualTo("payment_required");
        assertThat(superuser.turnsOf(session)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "9223372036854775807"})
    void acceptsWhateverNumberOfFreeMessagesAPriceMayGive(String freeMessages) throws SQLException {
        // given
        var person = scene.person(0);
        var price =
                """
                {"unit": "message", "currency": "INR", "per_message_micros": 1, "free_messages": %s}
                """;
        var session = scene.session(person, scene.bot(price.formatted(freeMessages)));

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.row().free()).isTrue();
    }

    @Test
    void booksWhatHasEndedBeforeItSaysThatMoneyIsMissing() throws SQLException {
        // given
        var person = scene.person(600_000);
        var session = scene.session(person, scene.bot(Scene.perThousandTokens(100_000, 600_000)));
        var answered = scene.answeredTurn(session, person); // holds 500,000 and costs 16,000

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("accepted");
        assertThat(scene.hold(answered)).isEqualTo("settled");
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(600_000 - 16_000, 500_000));
    }

    @Test
    void keepsWhatItBookedWhenTheMoneyIsMissingStill() throws SQLException {
        // given
        var person = scene.person(510_000);
        var session = scene.session(person, scene.bot(Scene.perThousandTokens(100_000, 600_000)));
        scene.answeredTurn(session, person);

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("payment_required");
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(510_000 - 16_000, 0));
    }

    @Test
    void holdsNothingForFreeMessagesAndThePriceAfterThem() throws SQLException {
        // given
        var person = scene.person(PRICE);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE, 2)));

        // when
        var holds =
                List.of(
                        superuser.turn(scene.answeredTurn(session, person)).hold(),
                        superuser.turn(scene.answeredTurn(session, person)).hold(),
                        superuser.turn(scene.answeredTurn(session, person)).hold());

        // then
        assertThat(holds).containsExactly(0L, 0L, PRICE);
        assertThat(superuser.turnsOf(session))
                .extracting(t -> t.ended().charge())
                .containsExactly(0L, 0L, PRICE);
    }

    @Test
    void doesNotSpendAFreeMessageOnAnAnswerThatFailed() throws SQLException {
        // given
        var person = scene.person(0);
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE, 1)));
        superuser.fail(scene.turn(session, person));

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.row().free()).isTrue();
    }

    @Test
    void neverTouchesTheWalletForAFreeBot() throws SQLException {
        // given
        var person = scene.person(0);
        var session =
                scene.session(person, scene.bot("{\"unit\": \"free\", \"currency\": \"INR\"}"));

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.verdict()).isEqualTo("accepted");
        assertThat(scene.hold(turn)).isEqualTo("none");
    }

    @Test
    void holdsTheLargestPromptAndAnswerOfATokenPrice() throws SQLException {
        // given
        var person = scene.person(Scene.PLENTY);
        var session = scene.session(person, scene.bot(Scene.perThousandTokens(200_000, 600_000)));

        // when
        var answer = ingest.accept(turn, session, person.id(), "Hi");

        // then
        assertThat(answer.row().hold())
                .isEqualTo(Scene.PROMPT_TOKEN_LIMIT * 200L + Scene.MAX_OUTPUT_TOKENS * 600L);
    }

    @Test
    void holdsEveryMinuteThatThePatienceAndTheGraceAllow() throws SQLException {
        // given
        var person = scene.person(Scene.PLENTY);
        var session = scene.session(person, scene.bot(Scene.perMinute(3_000_000)));

        // when
        var answer =
                ingest.accept(turn, session, person.id(), "Hi", 116_000); // and 5 s of grace: 121 s

        // then
        assertThat(answer.row().hold()).isEqualTo(3 * 3_000_000);
    }

    @Test
    void chargesThePriceThatTheSessionBeganWith() throws SQLException {
        // given
        var person = scene.person(Scene.PLENTY);
        var bot = scene.bot(Scene.perMessage(PRICE));
        var session = scene.session(person, bot);
        superuser.run(
                "update chat.bots set price = ?::jsonb where bot_id = ?",
                Scene.perMessage(9 * PRICE),
                bot);

        // when
        var answered = scene.answeredTurn(session, person);

        // then
        assertThat(superuser.turn(answered).ended().charge()).isEqualTo(PRICE);
    }

    @Test
    void acceptsExactlyAsManyAsTheWalletCanPay() throws SQLException {
        // given
        Person person = scene.person(3 * PRICE);
        var bot = scene.bot(Scene.perMessage(PRICE));

        // when
        int accepted = 0;
        for (int i = 0; i < 5; i++) {
            var answer =
                    ingest.accept(UUID.randomUUID(), scene.session(person, bot), person.id(), "Hi");
            accepted += answer.verdict().equals("accepted") ? 1 : 0;
        }

        // then
        assertThat(accepted).isEqualTo(3);
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(3 * PRICE, 3 * PRICE));
    }
}
