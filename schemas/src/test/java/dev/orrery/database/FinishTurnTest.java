package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.database.Scene.Person;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code chat.finish_turn}: who may end a turn, with what, and what becomes of the session. */
class FinishTurnTest {

    private static final long PRICE = 5_000_000;

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_llm");

    private final Client superuser = database.superuser();
    private final Client llm = database.service();
    private final Scene scene = database.scene();
    private final UUID run = UUID.randomUUID();
    private final Person person;
    private UUID session = UUID.randomUUID();
    private UUID turn = UUID.randomUUID();

    FinishTurnTest() throws SQLException {
        person = scene.person(Scene.PLENTY);
    }

    @BeforeEach
    void begin() throws SQLException {
        session = scene.session(person, scene.bot(Scene.perMessage(PRICE)));
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
                .returns(List.of(2, 5), Turn.End::chunkEnds);
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
                .returns(List.of(), Turn.End::chunkEnds)
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
                .returns(List.of(0, 0), Turn.End::chunkEnds);
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
}
