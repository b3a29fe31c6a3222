package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.database.Scene.Person;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What {@code chat.finish_turn} notes beside the answer, and when that answer costs nothing. */
class TurnTrailTest {

    private static final long PRICE = 5_000_000;
    private static final String ANSWER =
            """
            {"text": "Hello", "input_tokens": 100, "output_tokens": 10, "epoch": 1, "waived": %s}
            """;

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_llm");

    private final Client superuser = database.superuser();
    private final Client llm = database.service();
    private final Scene scene = database.scene();
    private final UUID run = UUID.randomUUID();
    private final Person person;

    TurnTrailTest() throws SQLException {
        person = scene.person(Scene.PLENTY);
    }

    @Test
    void notesTheCostTheToolsAndTheMarksOfATurn() throws SQLException {
        // given
        var turn = begun(scene.session(person, scene.bot(Scene.perMessage(PRICE))));
        var result =
                """
                {"code": "content_refused", "epoch": 1, "cost_micros": 9007199254740993,
                 "tool_calls": [{"id": "call_1"}], "marks": ["crisis", "input_refused:violence"]}
                """;

        // when
        llm.finish(turn, run, "failed", result);

        // then
        assertThat(
                        superuser.number(
                                """
                                select cost_micros from chat.turns
                                 where turn_id = ? and tool_calls -> 0 ->> 'id' = 'call_1'
                                   and marks = '{crisis,input_refused:violence}'
                                """,
                                turn))
                .isEqualTo(9_007_199_254_740_993L);
    }

    @Test
    void doesNotTakeAnUnknownCostForNone() throws SQLException {
        // given
        var turn = begun(scene.session(person, scene.bot(Scene.perMessage(PRICE))));

        // when
        llm.finish(turn, run, "completed", ANSWER.formatted(false));

        // then
        assertThat(
                        superuser.number(
                                """
                                select count(*) from chat.turns
                                 where turn_id = ? and cost_micros is null and tool_calls is null and marks = '{}'
                                """,
                                turn))
                .isEqualTo(1);
    }

    @Test
    void chargesNothingForAnAnswerThatIsWaived() throws SQLException {
        // given
        var turn = begun(scene.session(person, scene.bot(Scene.perMessage(PRICE))));

        // when
        var answer = llm.finish(turn, run, "completed", ANSWER.formatted(true));

        // then
        assertThat(answer.row().state()).isEqualTo("completed");
        assertThat(answer.row().ended())
                .returns("Hello", Turn.End::text)
                .returns(0L, Turn.End::charge)
                .returns(0L, Turn.End::uncollected);
    }

    @Test
    void keepsTheFreeMessageOfAnAnswerThatIsWaived() throws SQLException {
        // given
        var session = scene.session(person, scene.bot(Scene.perMessage(PRICE, 1)));
        var turn = begun(session);

        // when
        llm.finish(turn, run, "completed", ANSWER.formatted(true));

        // then
        assertThat(scene.session(session).freeUsed()).isZero();
    }

    private UUID begun(UUID session) throws SQLException {
        var turn = scene.turn(session, person);
        llm.begin(turn, run, Client.LEASE_MILLIS);
        return turn;
    }
}
