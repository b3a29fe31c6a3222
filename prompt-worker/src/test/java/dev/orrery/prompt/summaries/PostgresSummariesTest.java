package dev.orrery.prompt.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.prompt.HistoryWindow;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.prompt.PromptDatabase;
import dev.orrery.prompt.history.PostgresHistory;
import io.r2dbc.pool.ConnectionPool;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class PostgresSummariesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PLENTY = 1_000_000;
    private static final Written NOTES = new Written("notes", "openai", "small", 100, 20, "hash");

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

    private void said(int first, int last) throws SQLException {
        for (int i = first; i <= last; i++) {
            database.turn(session, revision, i, "completed", "q" + i, "a" + i);
        }
    }

    private static PostgresSummaries summaries() {
        return new PostgresSummaries(database.asWorker(), PATIENCE);
    }

    private static Reach keeping(int turns, int due) {
        return new Reach(turns, PLENTY, due, PLENTY);
    }

    private Optional<Backlog> due(int sequence, Reach reach) {
        return summaries()
                .due(new Ended(session, sequence, "asha", revision), reach)
                .blockOptional(PATIENCE);
    }

    private boolean add(Backlog backlog) {
        return summaries().add(backlog, NOTES).blockOptional(PATIENCE).orElseThrow();
    }

    private Optional<Recalled> before(int sequence, Instant accepted) {
        return summaries().before(session, sequence, accepted).blockOptional(PATIENCE);
    }

    private static List<String> questions(List<Exchange> turns) {
        return turns.stream().map(Exchange::user).toList();
    }

    @Test
    void areDueOnceEnoughTurnsAreOlderThanThoseThatAreKept() throws SQLException {
        // given
        said(1, 4);
        var early = due(4, keeping(2, 3));
        said(5, 6);

        // when
        var due = due(5, keeping(2, 3)).orElseThrow();

        // then
        assertThat(early).isEmpty();
        assertThat(questions(due.turns())).containsExactly("q1", "q2", "q3");
        assertThat(due.previous()).isNull();
        assertThat(due.through()).isEqualTo(3);
    }

    @Test
    void countCompletedTurnsAlone() throws SQLException {
        // given
        said(1, 2);
        database.turn(session, revision, 3, "failed", "q3", null);
        said(4, 5);

        // when
        var due = due(5, keeping(1, 3)).orElseThrow();

        // then
        assertThat(questions(due.turns())).containsExactly("q1", "q2", "q4");
        assertThat(due.through()).isEqualTo(4);
    }

    @Test
    void goOnFromTheNewestOne() throws SQLException {
        // given
        said(1, 9);
        add(due(4, keeping(0, 2)).orElseThrow());

        // when
        var due = due(9, keeping(2, 3)).orElseThrow();

        // then
        assertThat(questions(due.turns())).containsExactly("q5", "q6", "q7");
        assertThat(due.previous()).isNotNull();
        assertThat(due.nextVersion()).isEqualTo(2);
    }

    @Test
    void areTakenInPiecesOldestFirstWhereThereIsTooMuch() throws SQLException {
        // given
        said(1, 9); // 4 bytes each

        // when
        var piece = due(9, new Reach(0, PLENTY, 2, 10)).orElseThrow();
        var atLeastOne = due(9, new Reach(0, PLENTY, 2, 1)).orElseThrow();
        var keptByBytes = due(9, new Reach(100, 12, 2, PLENTY)).orElseThrow();

        // then
        assertThat(questions(piece.turns())).containsExactly("q1", "q2");
        assertThat(questions(atLeastOne.turns())).containsExactly("q1");
        assertThat(keptByBytes.through()).isEqualTo(6);
    }

    @Test
    void areSeenByTurnsThatWereAcceptedAfterThem() throws SQLException {
        // given
        said(1, 6);
        add(due(6, keeping(2, 2)).orElseThrow());
        var atOnce = before(7, Instant.now());
        database.letSummariesSettle();

        // when
        var recalled = before(7, Instant.now()).orElseThrow();

        // then
        assertThat(atOnce).isEmpty();
        assertThat(recalled.summary().text()).isEqualTo("notes");
        assertThat(recalled.summary().through()).isEqualTo(4);
        assertThat(recalled.turnsSince()).isEqualTo(2);
        assertThat(before(7, Instant.now().minusSeconds(7_200))).isEmpty();
        assertThat(before(4, Instant.now())).isEmpty();
    }

    /** Two replicas that were handed the same outcome, or an old one that still goes on. */
    @Test
    void areStoredOnceHoweverManyWroteThem() throws SQLException {
        // given
        said(1, 3);
        var backlog = due(3, keeping(0, 3)).orElseThrow();
        var pools = Stream.generate(database::newPool).limit(2).toList();
        var replicas =
                pools.stream()
                        .map(pool -> new PostgresSummaries(DatabaseClient.create(pool), PATIENCE))
                        .toList();

        // when
        var added =
                IntStream.range(0, 8)
                        .mapToObj(i -> replicas.get(i % 2).add(backlog, NOTES))
                        .toList();

        // then
        var stored = Flux.merge(added).collectList().blockOptional(PATIENCE).orElseThrow();
        assertThat(stored).hasSize(8).containsOnlyOnce(true);
        pools.forEach(ConnectionPool::dispose);
        assertThat(due(3, keeping(0, 3))).isEmpty();
    }

    @Test
    void areNotMadeOfOneThatItsUserTookBack() throws SQLException {
        // given
        said(1, 6);
        add(due(3, keeping(0, 3)).orElseThrow());
        var second = due(6, keeping(0, 3)).orElseThrow();
        database.run("delete from chat.session_summaries where session_id = ?", session);

        // when
        var added = add(second);

        // then
        assertThat(added).isFalse();
        assertThat(before(7, Instant.now().plusSeconds(60))).isEmpty();
    }

    /** The guarantee that the rest is for: nothing is forgotten, and nothing is said twice. */
    @Test
    void coverWithTheHistoryEveryTurnExactlyOnce() throws SQLException {
        // given
        int historyTurns = 6;
        int every = 3;
        var history = new PostgresHistory(database.asWorker(), PATIENCE);
        var reach = keeping(historyTurns - every, every);
        var seen = new ArrayList<Integer>();

        // when
        for (int turn = 1; turn <= 20; turn++) {
            var recalled = before(turn, Instant.now());
            var window = new HistoryWindow(historyTurns, PLENTY);
            var shown = history.before(session, turn, window).blockOptional(PATIENCE).orElseThrow();
            int covered = recalled.map(each -> each.summary().through()).orElse(0);
            var rest = recalled.map(each -> each.notCovered(shown)).orElse(shown);
            seen.add(covered + rest.size());
            assertThat(questions(rest))
                    .isEqualTo(IntStream.range(covered + 1, turn).mapToObj(i -> "q" + i).toList());
            said(turn, turn);
            due(turn, reach).ifPresent(this::add);
            database.letSummariesSettle();
        }

        // then
        assertThat(seen).isEqualTo(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void mayBeReadLaterWhileTheDatabaseIsAway() {
        // given
        var away = new PostgresSummaries(PromptDatabase.away(), PATIENCE);
        var backlog = new Backlog(session, null, List.of(new Exchange("q", "a")), 1);
        var ended = new Ended(session, 3, "asha", revision);

        // then
        for (Mono<?> answer :
                List.of(
                        away.before(session, 3, Instant.now()),
                        away.due(ended, keeping(0, 1)),
                        away.add(backlog, NOTES))) {
            assertThatThrownBy(() -> answer.block(PATIENCE))
                    .isInstanceOf(StageFailure.Transient.class);
        }
    }
}
