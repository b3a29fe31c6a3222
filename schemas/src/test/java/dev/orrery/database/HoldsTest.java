package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.database.Scene.Person;
import dev.orrery.database.Scene.Wallet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code chat.accept_turn} and money: what a message holds, and what becomes of one whose wallet
 * does not cover it.
 */
class HoldsTest {

    private static final long PRICE = 5_000_000;

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_ingest");

    private final Client superuser = database.superuser();
    private final Client ingest = database.service();
    private final Scene scene = database.scene();
    private final UUID turn = UUID.randomUUID();

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
}
