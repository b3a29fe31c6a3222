package dev.orrery.prompt.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.prompt.HistoryWindow;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.prompt.PromptDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresHistoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PLENTY = 1_000_000;

    private static PromptDatabase database;
    private static UUID bot;
    private static UUID revision;

    private UUID session = UUID.randomUUID();

    @BeforeAll
    static void open() throws SQLException {
        database = new PromptDatabase();
        bot = database.bot("Nova", "{}");
        revision = database.revision(bot, "", "{}");
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        session = database.session(database.person("{}"), bot);
    }

    private void said(int sequence, String text, String reply) throws SQLException {
        database.turn(session, revision, sequence, "completed", text, reply);
    }

    private List<Exchange> before(int sequence, int mostTurns, long mostBytes) {
        var history = new PostgresHistory(database.asWorker(), PATIENCE);
        return Objects.requireNonNull(
                history.before(session, sequence, new HistoryWindow(mostTurns, mostBytes))
                        .block(PATIENCE));
    }

    @Test
    void isWhatWasSaidBeforeTheTurnOldestFirst() throws SQLException {
        // given
        for (int i = 1; i <= 11; i++) {
            said(i, "question " + i, "answer " + i);
        }

        // when
        var history = before(11, 20, PLENTY);

        // then
        assertThat(history).hasSize(10);
        assertThat(history.getFirst()).isEqualTo(new Exchange("question 1", "answer 1"));
        assertThat(history.getLast()).isEqualTo(new Exchange("question 10", "answer 10"));
    }

    @Test
    void tellsTheCallsForToolsOfATurnWhereTheyAreWanted() throws SQLException {
        // given
        var answered =
                new CalledTool(
                        1, "call_1_1", "get_weather", "{}", "Rain", "answered", 9, List.of(1, 2));
        var failed = new CalledTool(1, "call_1_2", "get_weather", "{", "{}", "bad_arguments", 0);
        var turn = database.turn(session, revision, 1, "completed", "Rain?", "Yes.");
        database.run(
                "update chat.turns set tool_calls = ?::jsonb where turn_id = ?",
                CalledTool.write(List.of(answered, failed)),
                turn);
        said(2, "And tomorrow?", "No.");
        var history = new RememberedHistory(new PostgresHistory(database.asWorker(), PATIENCE));

        // when
        var wanted =
                history.before(session, 3, new HistoryWindow(20, PLENTY, true)).block(PATIENCE);
        var unwanted = history.before(session, 3, new HistoryWindow(20, PLENTY)).block(PATIENCE);

        // then
        assertThat(wanted)
                .containsExactly(
                        new Exchange("Rain?", "Yes.", CalledTool.later(List.of(answered))),
                        new Exchange("And tomorrow?", "No."));
        assertThat(unwanted)
                .containsExactly(
                        new Exchange("Rain?", "Yes."), new Exchange("And tomorrow?", "No."));
    }

    @Test
    void isOfCompletedTurnsAlone() throws SQLException {
        // given
        said(1, "one", "first");
        database.turn(session, revision, 2, "failed", "two", null);
        database.turn(session, revision, 3, "cancelled", "three", null);
        said(4, "four", "fourth");
        database.turn(session, revision, 5, "open", "five", null);

        // when
        var history = before(6, 20, PLENTY);

        // then
        assertThat(history)
                .containsExactly(new Exchange("one", "first"), new Exchange("four", "fourth"));
    }

    @Test
    void isOfThisSessionAlone() throws SQLException {
        // given
        var other = session;
        said(1, "elsewhere", "of others");
        begin();
        assertThat(session).isNotEqualTo(other);

        // when
        var history = before(2, 20, PLENTY);

        // then
        assertThat(history).isEmpty();
    }

    /** Turns that do not count for the history do not count against its limit either. */
    @Test
    void isOfTheNewestTurnsUpToTheLimit() throws SQLException {
        // given
        said(1, "one", "1");
        said(2, "two", "2");
        database.turn(session, revision, 3, "failed", "three", null);
        said(4, "four", "4");

        // when
        var history = before(5, 2, PLENTY);

        // then
        assertThat(history).extracting(Exchange::user).containsExactly("two", "four");
    }

    @Test
    void leavesOutWholeTurnsThatExceedItsBytes() throws SQLException {
        // given
        said(1, "aaaa", "aaaa"); // 8 bytes
        said(2, "मी", "b"); // 6 + 1 bytes
        said(3, "cc", "cc"); // 4 bytes

        // then
        assertThat(before(4, 20, 19)).hasSize(3);
        assertThat(before(4, 20, 18)).extracting(Exchange::user).containsExactly("मी", "cc");
        assertThat(before(4, 20, 11)).hasSize(2);
        assertThat(before(4, 20, 10)).extracting(Exchange::user).containsExactly("cc");
        assertThat(before(4, 20, 3)).isEmpty();
    }

    /** A short old turn must not be shown behind a long one that was left out. */
    @Test
    void hasNoGap() throws SQLException {
        // given
        said(1, "a", "a");
        said(2, "b".repeat(100), "b");
        said(3, "c", "c");

        // when
        var history = before(4, 20, 50);

        // then
        assertThat(history).extracting(Exchange::user).containsExactly("c");
    }

    @Test
    void keepsWhatWasWrittenUnchanged() throws SQLException {
        // given
        var text = "{{user_name}}\n\t'\"\\ \uD83C\uDF19 मीरा \u2028";
        said(1, text, text + text);

        // when
        var history = before(2, 20, PLENTY);

        // then
        assertThat(history).containsExactly(new Exchange(text, text + text));
    }

    @Test
    void saysThatADatabaseThatIsAwayMayComeBack() {
        // given
        var history = new PostgresHistory(PromptDatabase.away(), PATIENCE);

        // when
        var reading = history.before(session, 2, new HistoryWindow(20, PLENTY));

        // then
        assertThatThrownBy(() -> reading.block(PATIENCE))
                .isInstanceOf(StageFailure.Transient.class);
    }

    @Test
    void saysNothingOfWhatWasSaidInALog() {
        assertThat(new Exchange("secret", "secret")).hasToString("Exchange[]");
    }
}
